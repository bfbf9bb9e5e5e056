package org.jkasan.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.function.IntConsumer;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.annotation.Stable;
import org.jkasan.shadow.Shadow;

/** The tracked arrays and their handles: a weak identity table. Thread-safe; readers never wait. */
public final class HeapArrays {

    /*
     * Open addressing with linear probing; a slot goes
     *
     *     empty -> entry -> (another entry of the same array | tombstone) -> entry -> ...
     *
     * and never back to empty, so a reader that probes until an empty slot passes every slot that
     * its array can be in. Entries are immutable. Invariants, whenever no writer holds the lock:
     *   - an array that is tracked has exactly one entry, on the probe path of its identity hash,
     *     with no empty slot before it;
     *   - used counts the slots that are not empty, live those that hold an entry;
     *   - at least a third of the slots are empty, so every probe ends, after 2 slots on average.
     * Writers take the lock of this object. When the table fills they build a new one and publish
     * it whole; readers still in the old one see it as it was. A slot is published by a release,
     * and read plainly: what is in an entry is reached through it alone.
     * Entries whose array is gone wait in a queue that writers drain: a reader never writes.
     * Expected O(1) for all; the identity hash of an array is made when it is tracked, which is
     * what marks its header for MarkWord.
     *
     * Before the header the fast path asks whether any array of that element size is tracked.
     * The fields of LookMemo that say so are plain: in a loop without calls they do not change, so C2 takes the
     * whole check out of it, which it cannot do with the load of a header that is another in each
     * turn (b[k][j]). They are set before the array is in the table, and cleared after the last one
     * has left it. A thread that gets the array in any ordered way (lock, volatile, start) sees
     * them set; one that races for it may miss the checks of the loop it is in.
     * The hooks read them where they are: a getter is one more method that C1 inlines at each check.
     * Invariant: bySize counts the entries, and the fields say which of its counts are not 0.
     *
     * A handle that somebody keeps is right as long as the number of changes is what it was before
     * the look-up. It is plain, too, and grows after the table has changed: who reads the new number
     * first, and then the table, sees that change there.
     */

    private static final int SMALLEST_TABLE = 64;

    /** From so many slots on a table has {@link #HEADER_SLOTS} fewer. */
    private static final int LARGE_TABLE = 1 << 14;

    /**
     * The collector G1 gives large objects whole regions, and the header of an array of 2^n slots
     * would cost another one.
     */
    private static final int HEADER_SLOTS = 16;

    private static final TrackedArray TOMBSTONE = new TrackedArray(null, null, 0, 0, 0);

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(TrackedArray[].class);

    private final ReferenceQueue<Object> cleared = new ReferenceQueue<>();
    private volatile TrackedArray[] table = new TrackedArray[SMALLEST_TABLE];
    private int used;
    private int live;
    private final int[] bySize = new int[4];
    private boolean tracked;
    private long changes = 1;
    @Stable private final LookMemo memo;
    private final Shadow shadow;
    private final IntConsumer growing;

    /** No array yet, and no shadow. */
    public HeapArrays() {
        this(new Shadow(), new LookMemo(), null);
    }

    /**
     * No array yet.
     *
     * @param shadow of their memory, which is watched for the memo
     * @param growing told, unless null, how many slots a table is to have before it is made, which
     *     may throw
     */
    HeapArrays(Shadow shadow, LookMemo memo, IntConsumer growing) {
        this.shadow = shadow;
        this.memo = memo;
        this.growing = growing;
    }

    @ForceInline
    LookMemo memo() {
        return memo;
    }

    /**
     * Tracks an array, or gives a tracked one another base.
     *
     * @param array an array of a primitive type
     * @param base the synthetic address of element 0, a positive multiple of 8; it is the handle
     * @return what holds the array weakly from now on, for others that have to know it
     * @throws IllegalArgumentException for anything else
     * @throws OutOfMemoryError where the heap has no room for a larger table; then nothing changed
     */
    public WeakReference<Object> track(Object array, long base) {
        Class<?> component = array.getClass().getComponentType();
        if (component == null || !component.isPrimitive()) {
            throw new IllegalArgumentException(
                    "Only arrays of a primitive type can be tracked, not "
                            + array.getClass().getTypeName()
                            + ".");
        }
        if (base <= 0 || (base & 7) != 0) {
            throw new IllegalArgumentException(
                    "The base of a tracked array is a positive multiple of 8, not "
                            + Long.toHexString(base)
                            + ".");
        }
        int shift = ArrayElements.shift(array);
        shadow.watch(base, (long) ArrayElements.length(array) << shift);
        TrackedArray entry =
                new TrackedArray(array, cleared, System.identityHashCode(array), shift, base);
        synchronized (this) {
            expunge();
            int slot = find(table, array, entry.hash);
            if (slot >= 0) {
                SLOT.setRelease(table, slot, entry);
                memo.run();
            } else {
                insert(entry);
                if (sole(entry.hash) != entry) {
                    memo.run();
                }
            }
            changed();
        }
        return entry;
    }

    /** Ends the tracking of an array; nothing happens if it is not tracked. */
    public void untrack(Object array) {
        int hash = System.identityHashCode(array);
        synchronized (this) {
            expunge();
            int slot = find(table, array, hash);
            if (slot >= 0) {
                bury(slot);
                changed();
            }
        }
    }

    private void changed() {
        VarHandle.releaseFence();
        changes++;
    }

    /** How often an array was tracked, or its tracking ended; at least 1. */
    @ForceInline
    public long changes() {
        return changes;
    }

    /** The handle of an array: its base, or 0 if it is not tracked or null. */
    public long handle(Object array) {
        if (!tracked || !MarkWord.mayShowHash(array)) {
            return 0;
        }
        // as find does, which has to say the slot
        TrackedArray[] seen = table;
        int slot = home(System.identityHashCode(array), seen.length);
        TrackedArray entry = seen[slot];
        while (entry != null) {
            if (entry.refersTo(array)) {
                return entry.base();
            }
            slot = next(slot, seen.length);
            entry = seen[slot];
        }
        return 0;
    }

    /** {@link #handle} of an array whose elements have 1 byte, or null. */
    @ForceInline
    long handle1(Object array) {
        return memo.tracks1 && MarkWord.mayShowHash(array) ? handle(array) : 0;
    }

    /** {@link #handle} of an array whose elements have 2 bytes, or null. */
    @ForceInline
    long handle2(Object array) {
        return memo.tracks2 && MarkWord.mayShowHash(array) ? handle(array) : 0;
    }

    /** {@link #handle} of an array whose elements have 4 bytes, or null. */
    @ForceInline
    long handle4(Object array) {
        return memo.tracks4 && MarkWord.mayShowHash(array) ? handle(array) : 0;
    }

    /** {@link #handle} of an array whose elements have 8 bytes, or null. */
    @ForceInline
    long handle8(Object array) {
        return memo.tracks8 && MarkWord.mayShowHash(array) ? handle(array) : 0;
    }

    @ForceInline
    boolean tracksAny() {
        return tracked;
    }

    /** Counts an array in or out. */
    private void count(int shift, int change) {
        bySize[shift] += change;
        memo.tracks1 = bySize[0] != 0;
        memo.tracks2 = bySize[1] != 0;
        memo.tracks4 = bySize[2] != 0;
        memo.tracks8 = bySize[3] != 0;
        tracked = (bySize[0] | bySize[1] | bySize[2] | bySize[3]) != 0;
    }

    /** The number of tracked arrays, those not counted that were collected and noticed. */
    public synchronized int size() {
        expunge();
        return live;
    }

    /**
     * Where the probes of a hash begin. HotSpot's hashes are as random in their low bytes as in
     * their high ones; those of other settings may be small numbers.
     */
    private static int home(int hash, int length) {
        return (int) (Integer.toUnsignedLong(Integer.reverseBytes(hash)) * length >>> Integer.SIZE);
    }

    private static int next(int slot, int length) {
        return slot + 1 == length ? 0 : slot + 1;
    }

    /** The slot of the array's entry, or -1. */
    private static int find(TrackedArray[] table, Object array, int hash) {
        int slot = home(hash, table.length);
        while (table[slot] != null) {
            if (table[slot].refersTo(array)) {
                return slot;
            }
            slot = next(slot, table.length);
        }
        return -1;
    }

    /** The entry of an array with that identity hash, if there is just one; else null. */
    TrackedArray sole(int hash) {
        TrackedArray[] seen = table;
        TrackedArray sole = null;
        int slot = home(hash, seen.length);
        TrackedArray entry = seen[slot];
        while (entry != null) {
            if (entry != TOMBSTONE && entry.hash == hash) {
                if (sole != null) {
                    return null;
                }
                sole = entry;
            }
            slot = next(slot, seen.length);
            entry = seen[slot];
        }
        return sole;
    }

    private void insert(TrackedArray entry) {
        if (3L * (used + 1) > 2L * table.length) {
            rebuild();
        }
        count(entry.shift(), 1);
        if (put(table, entry) == null) {
            used++;
        }
        live++;
    }

    /** Puts an entry into the first slot that is empty or a tombstone; returns what was there. */
    private static TrackedArray put(TrackedArray[] table, TrackedArray entry) {
        int slot = home(entry.hash, table.length);
        while (table[slot] != null && table[slot] != TOMBSTONE) {
            slot = next(slot, table.length);
        }
        TrackedArray there = table[slot];
        SLOT.setRelease(table, slot, entry);
        return there;
    }

    /** Copies the entries into a table without tombstones, at most half full. */
    private void rebuild() {
        int length = length(2L * (live + 1));
        if (growing != null) {
            growing.accept(length);
        }
        TrackedArray[] fresh = new TrackedArray[length];
        for (TrackedArray entry : table) {
            if (entry != null && entry != TOMBSTONE) {
                put(fresh, entry);
            }
        }
        used = live;
        table = fresh;
    }

    /** Slots of the smallest table that has so many. */
    private static int length(long least) {
        long length = SMALLEST_TABLE;
        while (length < least) {
            length <<= 1;
        }
        return (int) (length < LARGE_TABLE ? length : length - HEADER_SLOTS);
    }

    /** Buries the entries whose arrays are gone. */
    private void expunge() {
        for (Reference<?> gone = cleared.poll(); gone != null; gone = cleared.poll()) {
            TrackedArray[] current = table;
            int slot = home(((TrackedArray) gone).hash, current.length);
            while (current[slot] != null && current[slot] != gone) {
                slot = next(slot, current.length);
            }
            if (current[slot] != null) {
                bury(slot);
            }
        }
    }

    private void bury(int slot) {
        int shift = table[slot].shift();
        SLOT.setRelease(table, slot, TOMBSTONE);
        live--;
        count(shift, -1);
        memo.run();
    }

    /** Throws if the table is not as the picture above says. For tests, with no writer at work. */
    synchronized void check() {
        int entries = 0;
        int filled = 0;
        int[] sizes = new int[bySize.length];
        for (int slot = 0; slot < table.length; slot++) {
            TrackedArray entry = table[slot];
            filled += entry == null ? 0 : 1;
            Object array = entry == null ? null : entry.get();
            if (entry != null && entry != TOMBSTONE) {
                entries++;
                sizes[entry.shift()]++;
                if (array != null && find(table, array, entry.hash) != slot) {
                    throw new IllegalStateException("slot " + slot + " is not found by its array");
                }
            }
        }
        if (entries != live || filled != used || 3L * used > 2L * table.length) {
            throw new IllegalStateException(
                    entries
                            + " entries in "
                            + filled
                            + " of "
                            + table.length
                            + " slots, counted "
                            + live
                            + " in "
                            + used);
        }
        boolean[] fields = {memo.tracks1, memo.tracks2, memo.tracks4, memo.tracks8};
        for (int shift = 0; shift < sizes.length; shift++) {
            if (sizes[shift] != bySize[shift] || fields[shift] != (sizes[shift] != 0)) {
                throw new IllegalStateException(
                        sizes[shift] + " arrays of shift " + shift + ", counted " + bySize[shift]);
            }
        }
        if (tracked != (entries != 0)) {
            throw new IllegalStateException(entries + " entries, but tracked is " + tracked);
        }
    }
}
