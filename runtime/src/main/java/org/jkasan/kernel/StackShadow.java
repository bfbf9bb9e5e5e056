package org.jkasan.kernel;

import org.jkasan.mm.KernelMemory;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/**
 * A compiler with KASAN_STACK: redzones of 32 bytes, and objects padded to as many.
 *
 * <p>The bytes are GCC's: 1 to 7 for a granule that an object fills in part, F4 for the padding
 * behind it, F1 left of a frame's objects, F2 between them, F3 right of them; CA and CB around an
 * object of alloca, CB for its padding as well; F8 for an object out of scope.
 */
final class StackShadow implements StackKasan {

    /** KASAN_ALLOCA_REDZONE_SIZE; the one of locals is the same. */
    private static final int REDZONE = 32;

    private final Shadow shadow;
    private final KernelMemory memory;

    StackShadow(Shadow shadow, KernelMemory memory) {
        this.shadow = shadow;
        this.memory = memory;
    }

    /** Twice what it is without KASAN, for the redzones. */
    @Override
    public int threadSize() {
        return 32 << 10;
    }

    @Override
    public int redzone() {
        return REDZONE;
    }

    @Override
    public long slot(int size) {
        return (long) size + REDZONE - 1 & -REDZONE;
    }

    @Override
    public void addLocal(long header, int size, boolean highest) {
        long addr = header + REDZONE;
        long end = addr + slot(size);
        poison(header, addr, ShadowByte.STACK_LEFT);
        unpoison(addr, size);
        poison(addr + granules(size), end, ShadowByte.STACK_PARTIAL);
        poison(end, end + REDZONE, highest ? ShadowByte.STACK_RIGHT : ShadowByte.STACK_MID);
    }

    @Override
    public void beginScope(long addr, int size) {
        unpoison(addr, size);
    }

    @Override
    public void endScope(long addr, int size) {
        poison(addr, addr + granules(size), ShadowByte.VMALLOC_INVALID);
    }

    @Override
    public void addAlloca(long redzone, int size) {
        long addr = redzone + REDZONE;
        poison(redzone, addr, ShadowByte.ALLOCA_LEFT);
        unpoison(addr, size);
        poison(addr + granules(size), addr + slot(size) + REDZONE, ShadowByte.ALLOCA_RIGHT);
    }

    @Override
    public void unpoison(long addr, long size) {
        shadow.unpoison(memory.hostAddress(addr), size);
    }

    private void poison(long from, long to, byte value) {
        shadow.poison(memory.hostAddress(from), to - from, value);
    }

    /** The size in whole granules. */
    static long granules(int size) {
        return (long) size + Shadow.GRANULE_SIZE - 1 & -Shadow.GRANULE_SIZE;
    }
}
