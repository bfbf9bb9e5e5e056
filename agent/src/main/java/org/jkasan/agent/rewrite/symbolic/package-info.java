/** The execution of instructions with symbols in place of values. */
package org.jkasan.agent.rewrite.symbolic;
