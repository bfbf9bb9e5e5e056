package org.jkasan.mm;

import java.nio.ByteOrder;
import org.jkasan.check.CheckedHelper;
import org.jkasan.host.RawMemory;

/**
 * The kernel's atomic operations on an {@code atomic_t}, that is 32 bits of kernel memory that any
 * number of tasks may change at the same time. Those that change it are fully ordered.
 *
 * <p>KASAN checks all 4 bytes where rewritten code calls an operation: {@link #read} and {@link
 * #readAcquire} as a read, all others as a write, even if they then change nothing. The order of
 * parameters is the kernel's: v is the address. Each throws {@link KernelOops} if it is not mapped,
 * and IllegalArgumentException if it is no multiple of 4. Source: Documentation/atomic_t.txt.
 */
public final class Atomics extends CheckedHelper {

    private static final boolean SWAPPED = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private final Mmu mmu;

    Atomics(KernelMemory memory, Mmu mmu) {
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

    public int read(long v) {
        return load(locate(v, false));
    }

    /** A read before which nothing is done that stands behind it. */
    public int readAcquire(long v) {
        return read(v);
    }

    public void set(long v, int i) {
        RawMemory.storeIntVolatile(locate(v, true), swap(i));
    }

    /** A store behind which nothing is done that stands before it. */
    public void setRelease(long v, int i) {
        set(v, i);
    }

    public void add(int i, long v) {
        fetchAdd(i, v);
    }

    public void sub(int i, long v) {
        fetchAdd(-i, v);
    }

    public void inc(long v) {
        fetchAdd(1, v);
    }

    public void dec(long v) {
        fetchAdd(-1, v);
    }

    public void and(int i, long v) {
        fetchAnd(i, v);
    }

    /** Clears the bits that are set in i. */
    public void andnot(int i, long v) {
        fetchAnd(~i, v);
    }

    public void or(int i, long v) {
        fetchOr(i, v);
    }

    public void xor(int i, long v) {
        fetchXor(i, v);
    }

    /** Adds; the new value. */
    public int addReturn(int i, long v) {
        return fetchAdd(i, v) + i;
    }

    /** Subtracts; the new value. */
    public int subReturn(int i, long v) {
        return fetchAdd(-i, v) - i;
    }

    /** Increments; the new value. */
    public int incReturn(long v) {
        return fetchAdd(1, v) + 1;
    }

    /** Decrements; the new value. */
    public int decReturn(long v) {
        return fetchAdd(-1, v) - 1;
    }

    /** Adds; the old value. */
    public int fetchAdd(int i, long v) {
        return fetch(Operation.ADD, i, v);
    }

    /** Subtracts; the old value. */
    public int fetchSub(int i, long v) {
        return fetchAdd(-i, v);
    }

    /** Increments; the old value. */
    public int fetchInc(long v) {
        return fetchAdd(1, v);
    }

    /** Decrements; the old value. */
    public int fetchDec(long v) {
        return fetchAdd(-1, v);
    }

    /** Keeps the bits that are set in i; the old value. */
    public int fetchAnd(int i, long v) {
        return fetch(Operation.AND, i, v);
    }

    /** Clears the bits that are set in i; the old value. */
    public int fetchAndnot(int i, long v) {
        return fetchAnd(~i, v);
    }

    /** Sets the bits that are set in i; the old value. */
    public int fetchOr(int i, long v) {
        return fetch(Operation.OR, i, v);
    }

    /** Changes the bits that are set in i; the old value. */
    public int fetchXor(int i, long v) {
        return fetch(Operation.XOR, i, v);
    }

    /** Stores a value; the old one. */
    public int xchg(long v, int value) {
        long host = locate(v, true);
        int old = load(host);
        while (!replace(host, old, value)) {
            old = load(host);
        }
        return old;
    }

    /** Stores a value if the one there is the expected one; the value that was there. */
    public int cmpxchg(long v, int expected, int value) {
        long host = locate(v, true);
        int old = load(host);
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
    public boolean tryCmpxchg(long v, long expected, int value) {
        long host = locate(expected, true);
        int hoped = load(host);
        int old = cmpxchg(v, hoped, value);
        if (old != hoped) {
            RawMemory.storeIntVolatile(host, swap(old));
        }
        return old == hoped;
    }

    /** Subtracts; whether the new value is 0. */
    public boolean subAndTest(int i, long v) {
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
    public boolean addNegative(int i, long v) {
        return addReturn(i, v) < 0;
    }

    /** Adds a, unless the value is u; the old value. */
    public int fetchAddUnless(long v, int a, int u) {
        long host = locate(v, true);
        int old = load(host);
        while (old != u && !replace(host, old, old + a)) {
            old = load(host);
        }
        return old;
    }

    /** Adds a, unless the value is u; whether it did. */
    public boolean addUnless(long v, int a, int u) {
        return fetchAddUnless(v, a, u) != u;
    }

    /** Increments, unless the value is 0; whether it did. */
    public boolean incNotZero(long v) {
        return addUnless(v, 1, 0);
    }

    /** Increments, unless the value is negative; whether it did. */
    public boolean incUnlessNegative(long v) {
        long host = locate(v, true);
        int old = load(host);
        while (old >= 0 && !replace(host, old, old + 1)) {
            old = load(host);
        }
        return old >= 0;
    }

    /** Decrements, unless the value is positive; whether it did. */
    public boolean decUnlessPositive(long v) {
        long host = locate(v, true);
        int old = load(host);
        while (old <= 0 && !replace(host, old, old - 1)) {
            old = load(host);
        }
        return old <= 0;
    }

    /** Decrements if the value is positive; the old value less 1, whether stored or not. */
    public int decIfPositive(long v) {
        long host = locate(v, true);
        int old = load(host);
        while (old > 0 && !replace(host, old, old - 1)) {
            old = load(host);
        }
        return old - 1;
    }

    private int fetch(Operation operation, int i, long v) {
        long host = locate(v, true);
        int old = load(host);
        while (!replace(host, old, apply(operation, old, i))) {
            old = load(host);
        }
        return old;
    }

    private static int apply(Operation operation, int old, int i) {
        return switch (operation) {
            case ADD -> old + i;
            case AND -> old & i;
            case OR -> old | i;
            case XOR -> old ^ i;
        };
    }

    private long locate(long v, boolean write) {
        if (v % Integer.BYTES != 0) {
            throw new IllegalArgumentException(
                    "An atomic_t begins at a multiple of 4, which 0x"
                            + Faults.hex(v)
                            + " is not; align it.");
        }
        return mmu.translate(v, Integer.BYTES, write);
    }

    private static int load(long host) {
        return swap(RawMemory.loadIntVolatile(host));
    }

    private static boolean replace(long host, int old, int value) {
        return RawMemory.compareAndSetInt(host, swap(old), swap(value));
    }

    private static int swap(int value) {
        return SWAPPED ? Integer.reverseBytes(value) : value;
    }
}
