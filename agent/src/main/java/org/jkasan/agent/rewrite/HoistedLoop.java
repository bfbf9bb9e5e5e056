package org.jkasan.agent.rewrite;

import java.util.SortedMap;

/**
 * A loop in which handles hold.
 *
 * @param loop the loop
 * @param handles the array variables whose handles it uses, each with the hook that gives it
 */
record HoistedLoop(Loop loop, SortedMap<Integer, Hook> handles) {}
