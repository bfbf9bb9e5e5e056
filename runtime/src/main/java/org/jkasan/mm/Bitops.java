package org.jkasan.mm;

import java.nio.ByteOrder;
import org.jkasan.check.CheckedHelper;
import org.jkasan.host.RawMemory;

/**
 * The kernel's operations on single bits of a bitmap in kernel memory: bit nr is bit nr % 64 of the
 * word at {@code addr + nr / 64 * 8}, and nr may be negative. They are atomic and fully ordered,
 * unless their name says otherwise.
 *
 * <p>KASAN checks the 8 bytes of that word where rewritten code calls an operation: {@link
 * #testBit} as a read, all others as a write. Each throws {@link KernelOops} if the word is not
 * mapped, and IllegalArgumentException if its address is no multiple of 8. Source:
 * Documentation/atomic_bitops.txt.
 */
public final class Bitops extends CheckedHelper {

    private static final boolean SWAPPED = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private final Mmu mmu;

    Bitops(KernelMemory memory, Mmu mmu) {
        super(memory);
        this.mmu = mmu;
    }

    /** What becomes of a bit. */
    private enum Change {
        SET,
        CLEAR,
        CHANGE
    }

    /** Sets a bit. */
    public void setBit(long nr, long addr) {
        atomic(Change.SET, nr, addr);
    }

    /** Sets a bit, not atomically: __set_bit. */
    public void nonatomicSetBit(long nr, long addr) {
        plain(Change.SET, nr, addr);
    }

    /** Clears a bit. */
    public void clearBit(long nr, long addr) {
        atomic(Change.CLEAR, nr, addr);
    }

    /** Clears a bit, not atomically: __clear_bit. */
    public void nonatomicClearBit(long nr, long addr) {
        plain(Change.CLEAR, nr, addr);
    }

    /** Changes a bit. */
    public void changeBit(long nr, long addr) {
        atomic(Change.CHANGE, nr, addr);
    }

    /** Changes a bit, not atomically: __change_bit. */
    public void nonatomicChangeBit(long nr, long addr) {
        plain(Change.CHANGE, nr, addr);
    }

    /** Clears a bit that was a lock. */
    public void clearBitUnlock(long nr, long addr) {
        atomic(Change.CLEAR, nr, addr);
    }

    /** Clears a bit that was a lock, where nobody else changes the word: __clear_bit_unlock. */
    public void nonatomicClearBitUnlock(long nr, long addr) {
        plain(Change.CLEAR, nr, addr);
    }

    /**
     * Clears a bit of the first byte that was a lock; whether that byte's highest bit is set, which
     * may say that somebody waits: clear_bit_unlock_is_negative_byte.
     */
    public boolean clearBitUnlockIsNegativeByte(long nr, long addr) {
        return (byte) exchange(Change.CLEAR, nr, addr) < 0;
    }

    /** Sets a bit; whether it was set. */
    public boolean testAndSetBit(long nr, long addr) {
        return atomic(Change.SET, nr, addr);
    }

    /** Sets a bit; whether it was set; not atomically: __test_and_set_bit. */
    public boolean nonatomicTestAndSetBit(long nr, long addr) {
        return plain(Change.SET, nr, addr);
    }

    /** Clears a bit; whether it was set. */
    public boolean testAndClearBit(long nr, long addr) {
        return atomic(Change.CLEAR, nr, addr);
    }

    /** Clears a bit; whether it was set; not atomically: __test_and_clear_bit. */
    public boolean nonatomicTestAndClearBit(long nr, long addr) {
        return plain(Change.CLEAR, nr, addr);
    }

    /** Changes a bit; whether it was set. */
    public boolean testAndChangeBit(long nr, long addr) {
        return atomic(Change.CHANGE, nr, addr);
    }

    /** Changes a bit; whether it was set; not atomically: __test_and_change_bit. */
    public boolean nonatomicTestAndChangeBit(long nr, long addr) {
        return plain(Change.CHANGE, nr, addr);
    }

    /** Sets a bit that is a lock; whether it was set, that is, taken. */
    public boolean testAndSetBitLock(long nr, long addr) {
        return atomic(Change.SET, nr, addr);
    }

    /** Whether a bit is set. */
    public boolean testBit(long nr, long addr) {
        long word = swap(RawMemory.loadLongVolatile(locate(nr, addr, false)));
        return (word & mask(nr)) != 0;
    }

    private boolean atomic(Change change, long nr, long addr) {
        return (exchange(change, nr, addr) & mask(nr)) != 0;
    }

    /** Does it, and answers the word as it was before. */
    private long exchange(Change change, long nr, long addr) {
        long host = locate(nr, addr, true);
        long old = RawMemory.loadLongVolatile(host);
        while (!RawMemory.compareAndSetLong(host, old, swap(apply(change, swap(old), nr)))) {
            old = RawMemory.loadLongVolatile(host);
        }
        return swap(old);
    }

    private boolean plain(Change change, long nr, long addr) {
        long host = locate(nr, addr, true);
        long old = swap(RawMemory.loadLong(host));
        RawMemory.storeLong(host, swap(apply(change, old, nr)));
        return (old & mask(nr)) != 0;
    }

    private static long apply(Change change, long word, long nr) {
        return switch (change) {
            case SET -> word | mask(nr);
            case CLEAR -> word & ~mask(nr);
            case CHANGE -> word ^ mask(nr);
        };
    }

    private static long mask(long nr) {
        return 1L << nr; // the shift takes nr modulo 64
    }

    private long locate(long nr, long addr, boolean write) {
        if (addr % Long.BYTES != 0) {
            throw new IllegalArgumentException(
                    "A bitmap begins at a multiple of 8, which 0x"
                            + Faults.hex(addr)
                            + " is not; align it.");
        }
        return mmu.translate(addr + (nr >> 6 << 3), Long.BYTES, write);
    }

    private static long swap(long value) {
        return SWAPPED ? Long.reverseBytes(value) : value;
    }
}
