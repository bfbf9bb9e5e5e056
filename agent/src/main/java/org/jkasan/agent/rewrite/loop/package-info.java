/**
 * Loops: where handles hold, which elements a loop touches, and its second version without checks.
 */
package org.jkasan.agent.rewrite.loop;
