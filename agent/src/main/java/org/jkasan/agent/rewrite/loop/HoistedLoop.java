package org.jkasan.agent.rewrite.loop;

import java.util.SortedMap;
import org.jkasan.agent.rewrite.hook.Hook;

/**
 * A loop in which handles hold.
 *
 * @param loop the loop
 * @param handles the array variables whose handles it uses, each with the hook that gives it
 */
record HoistedLoop(Loop loop, SortedMap<Integer, Hook> handles) {}
