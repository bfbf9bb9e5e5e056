package org.jkasan.samples.kasantest;

import org.jkasan.kernel.Kernel;

/**
 * What cases run in.
 *
 * @param kernel one for all cases of a run, as for the kernel's own
 * @param slubRcuDebug whether it was built with CONFIG_SLUB_RCU_DEBUG
 * @param test what the current case states
 */
record Machine(Kernel kernel, boolean slubRcuDebug, Expectations test) {}
