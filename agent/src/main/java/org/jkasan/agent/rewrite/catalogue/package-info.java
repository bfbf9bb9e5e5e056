/**
 * What is intercepted: array instructions, and the calls that touch an array, a buffer or the
 * kernel's memory. One table, and the code before each access that the table lists.
 */
package org.jkasan.agent.rewrite.catalogue;
