package org.jkasan.shadow;

import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.annotation.Stable;
import org.jkasan.host.HostAddresses;
import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;

/**
 * The shadow of the host's whole user address space: one byte says how many of eight may be
 * touched. One flat reservation at a fixed offset, so that a check is one load and one compare.
 *
 * <p>Addresses are host addresses below {@link #ADDRESS_LIMIT}, 2^47 on x86-64, and the shadow of
 * any other is not there: a load of it ends the process. Only {@link #isValid(long, long)} takes
 * any address and size. Source: the kernel's generic mode, the outline functions; the tests for 2,
 * 4, 8 and 16 bytes look at no more shadow bytes than those do, and answer the same.
 */
public final class Shadow implements AutoCloseable {

    /*
     *   address   0        8        16       24            2^47
     *             |--------|--------|--------|---- ... ----|
     *   shadow    [00]     [00]     [05]     [f8]
     *             all 8    all 8    16..20   none, and why
     *
     * A granule is accessible from its start on or not at all, so the last byte of an access inside
     * one granule decides for all of them, and an access into the next granule needs the whole rest
     * of the first, that is a zero. Shadow nobody wrote is zero: memory nobody tracks is accessible.
     * Slack is reserved on both sides and not written: the fast checks load the shadow of any element
     * that an int can name, however far out, and reports load the rows around a bad one. But for its
     * last byte below: the one of NO_ADDRESS, which so fails the fast check like any bad address.
     *
     * Shadow bytes are plain memory, written without a lock: who owns the memory writes its shadow,
     * and an access that races with the owner is a race in the program.
     *
     * Large ranges are looked at through a summary, one byte for 64 of shadow (ShadowLines), which
     * whoever writes shadow keeps, as he tells those who watch pages of it (WatchedPages).
     *
     * Memory may be poisoned lazily: its bytes say still what they said before, and its owner knows
     * better (LazyPoison). So there is what the bytes say, which is all that an access by a host
     * address needs, and what the shadow says in effect, which is what reports show and what decides
     * about an access by a kernel address.
     */

    /** log2 of the granule size. */
    public static final int SCALE_SHIFT = 3;

    /**
     * No address, of which the fast check, whose shift is arithmetic, reads that it is
     * inaccessible.
     */
    public static final long NO_ADDRESS = -1;

    /** Bytes of memory that one shadow byte describes. */
    public static final int GRANULE_SIZE = 1 << SCALE_SHIFT;

    /** The end of the host's address space. */
    public static final long ADDRESS_LIMIT = HostAddresses.LIMIT;

    /** Bytes of memory that one word of the summary describes. */
    public static final long SUMMARY_WORD_SIZE = Long.BYTES << ShadowLines.SHIFT;

    /** Shadow bytes in a row of a report. */
    public static final int ROW_SHADOW = 16;

    /** Bytes of memory that a row of a report describes. */
    public static final int ROW_SIZE = ROW_SHADOW * GRANULE_SIZE;

    private static final byte INACCESSIBLE = Byte.MIN_VALUE;

    private static final long GRANULE_MASK = GRANULE_SIZE - 1;

    /** Bytes that one word of shadow describes. */
    private static final int WORD_SIZE = Long.BYTES * GRANULE_SIZE;

    /*
     * The reservation comes when the first memory does, for most programs never have any. Until then
     * the base is 0, and from then on it is what compiled code has for a constant: a stable field is
     * one once it is not 0. It is read plainly. Who has memory that is watched by way of a race may
     * still see 0, or no lines, and asks isReserved().
     */

    private final Runnable watcher;
    private HostMemory host;
    @Stable private long base;
    @Stable private ShadowLines lines;
    @Stable private WatchedPages watched;
    private final LazyMemories lazy = new LazyMemories();

    /** Not reserved yet, and nobody watches. */
    public Shadow() {
        this(null);
    }

    /**
     * Not reserved yet.
     *
     * @param watcher run after some of what is watched was poisoned, by the thread that did it
     */
    public Shadow(Runnable watcher) {
        this.watcher = watcher;
    }

    /** The shadow reserved at once. */
    public static Shadow reserve(HostMemory host) {
        Shadow shadow = new Shadow();
        shadow.reserveOn(host);
        return shadow;
    }

    /**
     * Reserves the shadow, on x86-64 16 TiB of address space, of which nothing is committed. To be
     * called once, before there is memory to watch.
     *
     * @throws org.jkasan.host.HostMemoryException where the host refuses
     */
    public void reserveOn(HostMemory memory) {
        long start = ShadowReservation.on(memory);
        RawMemory.storeByte(start - 1, INACCESSIBLE);
        host = memory;
        lines = new ShadowLines(start + ShadowReservation.TO_LINES, start);
        watched = new WatchedPages(start + ShadowReservation.TO_PAGES, watcher);
        RawMemory.storeFence();
        base = start;
        RawMemory.storeFence(); // before whatever memory somebody hands to others
    }

    /** Whether it is reserved, for whoever has memory that may be watched: never too early a no. */
    @ForceInline
    public boolean isReserved() {
        return base != 0 && lines != null && watched != null || isReservedByNow();
    }

    private boolean isReservedByNow() {
        RawMemory.loadFence();
        return base != 0;
    }

    /**
     * Has the watcher told whenever some of a range is poisoned, if there is a shadow yet: its
     * owner does, before anybody else can get at it.
     */
    public void watch(long address, long size) {
        if (isReserved() && HostRange.fits(address, address + size)) {
            watched.watch(address, size);
        }
    }

    /** Whether all of a range, of at least one byte, is watched. */
    public boolean isWatched(long address, long size) {
        return isReserved() && watched.areAllWatched(address, size);
    }

    /** Gives the shadow back; no check may follow. An address space has room for seven of them. */
    @Override
    public void close() {
        ShadowReservation.release(host, base);
    }

    /** The host address of the shadow byte of address 0; 0 while nothing is reserved. */
    public long base() {
        return base;
    }

    /** The host address of the shadow byte of an address: kasan_mem_to_shadow. */
    public long shadowAddress(long address) {
        return base + (address >>> SCALE_SHIFT);
    }

    /**
     * Whether the summary holds of a range: it says of all bytes that are not zero that they may be
     * so. For checkers, while nobody writes.
     */
    public boolean hasSoundSummary(long address, long size) {
        return lines.areSound(address, size);
    }

    /**
     * The shadow byte of an address, or of what lies up to 16 GiB outside the address space, as the
     * fast checks look at it: not 0, so that a closer look follows, while nothing is reserved.
     */
    @ForceInline
    public byte fast(long address) {
        return base == 0 ? INACCESSIBLE : RawMemory.loadByte(base + (address >> SCALE_SHIFT));
    }

    /** The shadow byte of an address. */
    public byte load(long address) {
        return RawMemory.loadByte(shadowAddress(address));
    }

    /** What the shadow says of an address in effect: its byte, unless it is poisoned lazily. */
    public byte effective(long address) {
        boolean poisoned = lazy.firstPoisoned(address, address + 1) == address;
        return poisoned ? LazyPoison.VALUE : load(address);
    }

    /** Asks about lazily poisoned memory from now on, too. */
    public void register(LazyPoison memory) {
        lazy.register(memory);
    }

    /** Asks no more. */
    public void unregister(LazyPoison memory) {
        lazy.unregister(memory);
    }

    /** Whether an access of one byte is allowed. */
    public boolean isValid1(long address) {
        byte shadow = load(address);
        return shadow == 0 || (address & GRANULE_MASK) < shadow;
    }

    /** Whether an access of two bytes is allowed. */
    public boolean isValid2(long address) {
        return isValidUpTo8(address, 1);
    }

    /** Whether an access of four bytes is allowed. */
    public boolean isValid4(long address) {
        return isValidUpTo8(address, 3);
    }

    /** Whether an access of eight bytes is allowed. */
    public boolean isValid8(long address) {
        return isValidUpTo8(address, 7);
    }

    private boolean isValidUpTo8(long address, int last) {
        long end = address + last;
        if ((end & GRANULE_MASK) < last && load(address) != 0) {
            return false;
        }
        return isValid1(end);
    }

    /** Whether an access of sixteen bytes is allowed; an aligned one needs two whole granules. */
    public boolean isValid16(long address) {
        if (RawMemory.loadShort(shadowAddress(address)) != 0) {
            return false;
        }
        return (address & GRANULE_MASK) == 0 || isValid1(address + 15);
    }

    /**
     * Whether an access of any size is allowed. One of no bytes always is; one that wraps around or
     * leaves the host's address space never is.
     *
     * @param address any value
     * @param size bytes, unsigned
     */
    public boolean isValid(long address, long size) {
        return isValid(address, size, Long.MAX_VALUE);
    }

    /**
     * The same, unless it takes a look at more than so many words of shadow and marks of its lines;
     * then it is as if the access were not allowed.
     */
    public boolean isValid(long address, long size, long words) {
        if (size == 0) {
            return true;
        }
        long last = address + (size - 1);
        if (!HostRange.fits(address, last)) {
            return false;
        }
        long whole = last & -GRANULE_SIZE; // the granules before this one
        boolean zero =
                size <= WORD_SIZE
                        ? ShadowScan.isZero(shadowAddress(address), shadowAddress(last))
                        : lines.areZero(address, whole - 1, words);
        return zero && isValid1(last);
    }

    /**
     * Whether an access of any size is seen to be allowed by few words of shadow, or of its summary
     * alone, which costs next to nothing. Where not, it may be allowed yet.
     *
     * @param address below {@link #ADDRESS_LIMIT}
     * @param last the last address, not below the first
     */
    @ForceInline
    public boolean isSurelyValid(long address, long last) {
        return last < ADDRESS_LIMIT && lines.areSurelyValid(address, last);
    }

    /** As {@link #isValid(long, long)}, but of what the shadow says in effect. */
    public boolean isAccessible(long address, long size) {
        return isValid(address, size)
                && lazy.firstPoisoned(address, address + size) == address + size;
    }

    /**
     * The first bad address of an access that a check has found bad, as the kernel's generic
     * kasan_find_first_bad_addr has it: the access address, moved on by whole granules to the first
     * one that is, in effect, not wholly accessible. Where there is none, since another thread has
     * unpoisoned it meanwhile, the answer lies behind the access. Where the access wraps around, or
     * leaves the address space and is good up to there, it is the access address.
     *
     * @param size bytes, unsigned
     */
    public long firstBad(long address, long size) {
        long last = address + (size - 1);
        if (size == 0 || last < address || !HostRange.fits(address, address)) {
            return address;
        }
        boolean leaves = last >= ADDRESS_LIMIT;
        long firstShadow = shadowAddress(address);
        long end =
                leaves
                        ? shadowAddress(ADDRESS_LIMIT)
                        : firstShadow + ((size + GRANULE_MASK) >>> SCALE_SHIFT);
        long found = ShadowScan.firstNonZero(firstShadow, end);
        long bad = address + ((found - firstShadow) << SCALE_SHIFT);
        long poisoned = lazy.firstPoisoned(address, bad) - address + GRANULE_MASK & ~GRANULE_MASK;
        if (address + poisoned < bad) {
            return address + poisoned;
        }
        return leaves && found == end ? address : bad;
    }

    /**
     * Makes a range inaccessible: kasan_poison.
     *
     * @param address a multiple of 8
     * @param size bytes, a multiple of 8
     * @param value the shadow byte that says why, one of {@link ShadowByte}
     * @throws IllegalArgumentException where either is not
     */
    public void poison(long address, long size, byte value) {
        HostRange.checkGranules(address, size);
        if ((size & GRANULE_MASK) != 0) {
            throw new IllegalArgumentException(
                    "Cannot poison " + size + " bytes: the size must be a multiple of 8.");
        }
        if (value != ShadowByte.ACCESSIBLE) {
            lines.mark(address, size);
        }
        fill(address, size, value);
        watched.poisoned(address, size);
    }

    /**
     * Makes a range accessible: kasan_unpoison. Of a last granule that the range does not fill the
     * rest becomes inaccessible.
     *
     * @param address a multiple of 8
     * @param size bytes
     * @throws IllegalArgumentException where the address is not
     */
    public void unpoison(long address, long size) {
        HostRange.checkGranules(address, size);
        fill(address, size, ShadowByte.ACCESSIBLE); // the whole granules
        lines.clear(address, size & -GRANULE_SIZE);
        storeLastGranule(address, size);
    }

    /**
     * Makes inaccessible what lies behind an object in its last granule: kasan_poison_last_granule.
     * Nothing where the object fills it.
     *
     * @param address of the object, a multiple of 8
     * @param size of the object in bytes
     */
    public void poisonLastGranule(long address, long size) {
        HostRange.checkGranules(address, size);
        storeLastGranule(address, size);
    }

    /**
     * What the shadow says in effect of the {@value #ROW_SHADOW} granules of the aligned 128 bytes
     * that hold the address.
     */
    public byte[] row(long address) {
        byte[] row = new byte[ROW_SHADOW];
        long first = address & -ROW_SIZE;
        for (int i = 0; i < ROW_SHADOW; i++) {
            row[i] = effective(first + (long) i * GRANULE_SIZE);
        }
        return row;
    }

    private void fill(long address, long size, byte value) {
        RawMemory.fill(shadowAddress(address), size >>> SCALE_SHIFT, value);
    }

    private void storeLastGranule(long address, long size) {
        int rest = (int) (size & GRANULE_MASK);
        if (rest != 0) {
            byte before = load(address + size);
            lines.mark(address + size, 1);
            RawMemory.storeByte(shadowAddress(address + size), (byte) rest);
            if (before == ShadowByte.ACCESSIBLE || before > rest) {
                watched.poisoned(address + size, 1);
            }
        }
    }
}
