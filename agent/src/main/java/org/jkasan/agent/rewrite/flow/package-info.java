/**
 * What the instructions of a method do: where they lead to, what they take from the stack, how long
 * they are.
 */
package org.jkasan.agent.rewrite.flow;
