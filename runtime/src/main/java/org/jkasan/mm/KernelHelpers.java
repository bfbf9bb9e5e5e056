package org.jkasan.mm;

import org.jkasan.host.HostMemory;

/**
 * The helper functions of one kernel that touch memory for their callers.
 *
 * @param strings str*
 * @param atomics on 32 bits
 * @param atomics64 on 64 bits
 * @param bitops on bits
 * @param user between the kernel and the process
 * @param nofault where nothing may be mapped
 */
public record KernelHelpers(
        Strings strings,
        Atomics atomics,
        Atomics64 atomics64,
        Bitops bitops,
        UserMemory user,
        Nofault nofault) {

    static KernelHelpers over(
            Gate gate, KernelMemory memory, Mmu mmu, HostMemory host, MemoryLayout layout) {
        return new KernelHelpers(
                new Strings(gate, memory, mmu),
                new Atomics(memory, mmu),
                new Atomics64(memory, mmu),
                new Bitops(memory, mmu),
                new UserMemory(gate, memory, mmu, host, layout),
                new Nofault(gate, memory, mmu));
    }
}
