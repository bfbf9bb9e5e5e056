package org.jkasan.mm;

import org.jkasan.check.CheckedHelper;
import org.jkasan.host.RawMemory;

/**
 * Copies that fail where others fault, for addresses that may be anything: debuggers and tracers
 * look with them. Both go by words of 8 bytes, the rest by smaller ones.
 *
 * <p>KASAN checks each word where rewritten code calls one: of {@link #copyToKernel} what is read
 * and what is written, of {@link #copyFromKernel} only what is written, since its source is not
 * known to be good. Source: mm/maccess.c.
 */
public final class Nofault extends CheckedHelper {

    /** -EFAULT: a page is not mapped; what lay before it was copied. */
    public static final int FAULT = -14;

    /** -ERANGE: the source is no kernel address. */
    public static final int RANGE = -34;

    private static final boolean READ = false;
    private static final boolean WRITE = true;

    private final Gate gate;
    private final Mmu mmu;

    Nofault(Gate gate, KernelMemory memory, Mmu mmu) {
        super(memory);
        this.gate = gate;
        this.mmu = mmu;
    }

    /**
     * Copies n bytes, n unsigned, from where nothing may be mapped: copy_from_kernel_nofault.
     *
     * @return 0, {@link #FAULT} or {@link #RANGE}
     * @throws KernelOops if dst is not mapped
     */
    public int copyFromKernel(long dst, long src, long n) {
        gate.pass();
        if (mmu.wildAccess(src) != null) {
            return RANGE;
        }
        for (long i = 0, size; i != n; i += size) {
            size = wordSize(n - i);
            if (!mmu.isPresent(src + i, (int) size)) {
                return FAULT;
            }
            copy(dst + i, src + i, (int) size);
        }
        return 0;
    }

    /**
     * Copies n bytes, n unsigned, to where nothing may be mapped: copy_to_kernel_nofault.
     *
     * @return 0 or {@link #FAULT}
     * @throws KernelOops if src is not mapped
     */
    public int copyToKernel(long dst, long src, long n) {
        gate.pass();
        for (long i = 0, size; i != n; i += size) {
            size = wordSize(n - i);
            mmu.translate(src + i, (int) size, READ);
            if (!mmu.isPresent(dst + i, (int) size)) {
                return FAULT;
            }
            copy(dst + i, src + i, (int) size);
        }
        return 0;
    }

    private void copy(long dst, long src, int size) {
        RawMemory.copy(mmu.translate(src, size, READ), mmu.translate(dst, size, WRITE), size);
    }
}
