package org.jkasan.mm;

import java.nio.ByteOrder;
import org.jkasan.check.CheckedHelper;
import org.jkasan.host.RawMemory;

/**
 * The kernel's atomic operations on an {@code atomic64_t}, that is 64 bits of kernel memory that
 * any number of tasks may change at the same time. Those that change it are fully ordered.
 *
 * <p>KASAN checks all 8 bytes where rewritten code calls an operation: {@link #read} and {@link
 * #readAcquire} as a read, all others as a write, even if they then change nothing. The order of
 * parameters is the kernel's: v is the address. Each throws {@link KernelOops} if it is not mapped,
 * and IllegalArgumentException if it is no multiple of 8. Source: Documentation/atomic_t.txt.
 */
public final class Atomics64 extends CheckedHelper {

    private static final boolean SWAPPED = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private final Mmu mmu;

    Atomics64(KernelMemory memory, Mmu mmu) {
        super(memory);
        this.mmu = mmu;
    }

    /** The operations that make a new value out of the old one and an operand. */
    private enum Operation {
        ADD,
        AND,
        OR,
        XOR
    }

    public long read(long v) {
        return load(locate(v, false));
    }

    /** A read before which nothing is done that stands behind it. */
    public long readAcquire(long v) {
        return read(v);
    }

    public void set(long v, long i) {
        RawMemory.storeLongVolatile(locate(v, true), swap(i));
    }

    /** A store behind which nothing is done that stands before it. */
    public void setRelease(long v, long i) {
        set(v, i);
    }

    public void add(long i, long v) {
        fetchAdd(i, v);
    }

    public void sub(long i, long v) {
        fetchAdd(-i, v);
    }

    public void inc(long v) {
        fetchAdd(1, v);
    }

    public void dec(long v) {
        fetchAdd(-1, v);
    }

    public void and(long i, long v) {
        fetchAnd(i, v);
    }

    /** Clears the bits that are set in i. */
    public void andnot(long i, long v) {
        fetchAnd(~i, v);
    }

    public void or(long i, long v) {
        fetchOr(i, v);
    }

    public void xor(long i, long v) {
        fetchXor(i, v);
    }

    /** Adds; the new value. */
    public long addReturn(long i, long v) {
        return fetchAdd(i, v) + i;
    }

    /** Subtracts; the new value. */
    public long subReturn(long i, long v) {
        return fetchAdd(-i, v) - i;
    }

    /** Increments; the new value. */
    public long incReturn(long v) {
        return fetchAdd(1, v) + 1;
    }

    /** Decrements; the new value. */
    public long decReturn(long v) {
        return fetchAdd(-1, v) - 1;
    }

    /** Adds; the old value. */
    public long fetchAdd(long i, long v) {
        return fetch(Operation.ADD, i, v);
    }

    /** Subtracts; the old value. */
    public long fetchSub(long i, long v) {
        return fetchAdd(-i, v);
    }

    /** Increments; the old value. */
    public long fetchInc(long v) {
        return fetchAdd(1, v);
    }

    /** Decrements; the old value. */
    public long fetchDec(long v) {
        return fetchAdd(-1, v);
    }

    /** Keeps the bits that are set in i; the old value. */
    public long fetchAnd(long i, long v) {
        return fetch(Operation.AND, i, v);
    }

    /** Clears the bits that are set in i; the old value. */
    public long fetchAndnot(long i, long v) {
        return fetchAnd(~i, v);
    }

    /** Sets the bits that are set in i; the old value. */
    public long fetchOr(long i, long v) {
        return fetch(Operation.OR, i, v);
    }

    /** Changes the bits that are set in i; the old value. */
    public long fetchXor(long i, long v) {
        return fetch(Operation.XOR, i, v);
    }

    /** Stores a value; the old one. */
    public long xchg(long v, long value) {
        long host = locate(v, true);
        long old = load(host);
        while (!replace(host, old, value)) {
            old = load(host);
        }
        return old;
    }

    /** Stores a value if the one there is the expected one; the value that was there. */
    public long cmpxchg(long v, long expected, long value) {
        long host = locate(v, true);
        long old = load(host);
        while (old == expected && !replace(host, old, value)) {
            old = load(host);
        }
        return old;
    }

    /**
     * Stores a value if the one there is the expected one.
     *
     * @param expected the address of the expected value, where what was found is stored if it is
     *     another
     * @return whether it was the expected one
     */
    public boolean tryCmpxchg(long v, long expected, long value) {
        long host = locate(expected, true);
        long hoped = load(host);
        long old = cmpxchg(v, hoped, value);
        if (old != hoped) {
            RawMemory.storeLongVolatile(host, swap(old));
        }
        return old == hoped;
    }

    /** Subtracts; whether the new value is 0. */
    public boolean subAndTest(long i, long v) {
        return subReturn(i, v) == 0;
    }

    /** Decrements; whether the new value is 0. */
    public boolean decAndTest(long v) {
        return decReturn(v) == 0;
    }

    /** Increments; whether the new value is 0. */
    public boolean incAndTest(long v) {
        return incReturn(v) == 0;
    }

    /** Adds; whether the new value is negative. */
    public boolean addNegative(long i, long v) {
        return addReturn(i, v) < 0;
    }

    /** Adds a, unless the value is u; the old value. */
    public long fetchAddUnless(long v, long a, long u) {
        long host = locate(v, true);
        long old = load(host);
        while (old != u && !replace(host, old, old + a)) {
            old = load(host);
        }
        return old;
    }

    /** Adds a, unless the value is u; whether it did. */
    public boolean addUnless(long v, long a, long u) {
        return fetchAddUnless(v, a, u) != u;
    }

    /** Increments, unless the value is 0; whether it did. */
    public boolean incNotZero(long v) {
        return addUnless(v, 1, 0);
    }

    /** Increments, unless the value is negative; whether it did. */
    public boolean incUnlessNegative(long v) {
        long host = locate(v, true);
        long old = load(host);
        while (old >= 0 && !replace(host, old, old + 1)) {
            old = load(host);
        }
        return old >= 0;
    }

    /** Decrements, unless the value is positive; whether it did. */
    public boolean decUnlessPositive(long v) {
        long host = locate(v, true);
        long old = load(host);
        while (old <= 0 && !replace(host, old, old - 1)) {
            old = load(host);
        }
        return old <= 0;
    }

    /** Decrements if the value is positive; the old value less 1, whether stored or not. */
    public long decIfPositive(long v) {
        long host = locate(v, true);
        long old = load(host);
        while (old > 0 && !replace(host, old, old - 1)) {
            old = load(host);
        }
        return old - 1;
    }

    private long fetch(Operation operation, long i, long v) {
        long host = locate(v, true);
        long old = load(host);
        while (!replace(host, old, apply(operation, old, i))) {
            old = load(host);
        }
        return old;
    }

    private static long apply(Operation operation, long old, long i) {
        return switch (operation) {
            case ADD -> old + i;
            case AND -> old & i;
            case OR -> old | i;
            case XOR -> old ^ i;
        };
    }

    private long locate(long v, boolean write) {
        if (v % Long.BYTES != 0) {
            throw new IllegalArgumentException(
                    "An atomic64_t begins at a multiple of 8, which 0x"
                            + Faults.hex(v)
                            + " is not; align it.");
        }
        return mmu.translate(v, Long.BYTES, write);
    }

    private static long load(long host) {
        return swap(RawMemory.loadLongVolatile(host));
    }

    private static boolean replace(long host, long old, long value) {
        return RawMemory.compareAndSetLong(host, swap(old), swap(value));
    }

    private static long swap(long value) {
        return SWAPPED ? Long.reverseBytes(value) : value;
    }
}
