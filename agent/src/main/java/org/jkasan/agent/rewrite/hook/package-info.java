/** The methods of the runtime that rewritten code calls. */
package org.jkasan.agent.rewrite.hook;
