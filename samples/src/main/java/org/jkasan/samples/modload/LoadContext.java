package org.jkasan.samples.modload;

import org.jkasan.mm.KernelMemory;

/**
 * What every step of one load works with.
 *
 * @param devres the load's allocations
 * @param memory loads and stores at kernel addresses
 * @param bug the mistake to make
 */
record LoadContext(Devres devres, KernelMemory memory, Bug bug) {}
