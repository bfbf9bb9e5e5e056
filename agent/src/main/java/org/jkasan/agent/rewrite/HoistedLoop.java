package org.jkasan.agent.rewrite;

import java.util.SortedSet;

/**
 * A loop in which handles hold.
 *
 * @param loop the loop
 * @param locals the array variables whose handles it uses
 */
record HoistedLoop(Loop loop, SortedSet<Integer> locals) {}
