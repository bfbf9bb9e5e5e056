package org.jkasan.check;

import java.util.function.LongConsumer;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.annotation.Stable;
import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;
import org.jkasan.host.RawObjects;

/**
 * What a look at arrays reads first: which sizes of elements are tracked at all, and which arrays
 * were found to be accessible, all of them, in this era. The era ends when memory of any tracked
 * array is poisoned, and when arrays change places in the table. Thread-safe; nobody waits.
 */
final class LookMemo implements Runnable {

    /*
     * A loop over 4 KiB takes 50 ns, and one over 48 KiB fills the first level of the cache, so what
     * is asked where it is entered has to be short and in few lines. It is in two of them: the
     * fields of this object, and the record of the last look at the same arrays.
     *
     *   header  | not ours ... | hash          | .. | lock |      key: the bits of MarkWord.MASK,
     *   key     | 0            | hash          | 0  | lock |      so that one of a locked array is
     *   era     | a count      | 0                         |      nobody's
     *
     *   record  | era + key | era + key | era + key | who missed it, and whether twice |  32 bytes
     *
     * A word of a record that has the present era in it says: one entry of the table has this hash,
     * it is in its place, and what the shadow says of its array is that all of it is accessible. (Or
     * the key is one without a hash, of which no array is tracked.) So no array and no entry has to
     * be looked at, nothing keeps an array alive, and each word is a truth of its own: records may
     * be written by several threads at once, without a lock, and read torn.
     *
     * It stays true because whoever could end it ends the era, after the fact and before going on:
     * Shadow.poison, for pages that are watched since before their array was tracked, and HeapArrays
     * where an entry is replaced or leaves, or another one with its hash comes. Who writes a word
     * reads the era first, then finds out that it is true: if it ceases to be so meanwhile, the word
     * is one of an era that is over.
     * Eras have the bits above the key, 22 or more, and begin anew. Before a word could be taken for
     * one of a later era, all records are cleared, every 65,536 eras.
     *
     * What is looked at only once in an era is not worth a record: it is made at the second miss.
     * Two looks whose records are the same line keep missing, which costs what it did without.
     */

    private static final int RECORDS = 512;

    private static final int RECORD_SHIFT = 5;
    private static final int BYTES = RECORDS << RECORD_SHIFT;
    private static final int SECOND = Long.BYTES;
    private static final int THIRD = 2 * Long.BYTES;
    private static final int MISSED = 3 * Long.BYTES;

    /** The key of no array. */
    static final long NONE = 0;

    /** One era. */
    private static final long ERA = 1L << MarkWord.KEY_BITS;

    /** log2 of the number of eras after which records are cleared. */
    private static final int CLEARING_SHIFT = 16;

    private static final long CLEARING = ERA << CLEARING_SHIFT;

    private static final long ERA_FIELD = RawObjects.fieldOffset(LookMemo.class, "era");

    // in the order in which HotSpot lays them out: one line, unless the object lies badly
    boolean tracks1;
    boolean tracks2;
    boolean tracks4;
    boolean tracks8;
    private long era = ERA;
    @Stable private long records;

    /** Gives it memory; until then it remembers nothing. Nor does it where headers are unknown. */
    void reserveOn(HostMemory host) {
        boolean fits = MarkWord.isKnown() && MarkWord.KEY_BITS + CLEARING_SHIFT < Long.SIZE - 1;
        if (records == 0 && fits) {
            int page = host.pageSize();
            records = host.reserve(Math.max(BYTES, page), page, "the last looks at arrays");
        }
    }

    /** Ends the era. */
    @Override
    public void run() {
        long before = RawObjects.addLong(this, ERA_FIELD, ERA);
        if ((before & CLEARING - 1) == 0 && records != 0) {
            RawMemory.fill(records, BYTES, (byte) 0);
        }
    }

    /** The era, for whoever is going to find out what is true in it. */
    long era() {
        long now = era;
        RawMemory.loadFence();
        return now;
    }

    /** Whether an array, not null, is known to be accessible in whole, or not tracked. */
    @ForceInline
    boolean isKnown(Object array) {
        long now = era;
        long a = MarkWord.key(array);
        long at = record(a, NONE, NONE);
        return records != 0 && RawMemory.loadLong(at) == (a | now);
    }

    /** {@link #isKnown(Object)} of both. */
    @ForceInline
    boolean isKnown(Object array, Object other) {
        long now = era;
        long a = MarkWord.key(array);
        long b = MarkWord.key(other);
        long at = record(a, b, NONE);
        return records != 0
                && RawMemory.loadLong(at) == (a | now)
                && RawMemory.loadLong(at + SECOND) == (b | now);
    }

    /** {@link #isKnown(Object)} of all three. */
    @ForceInline
    boolean isKnown(Object array, Object other, Object third) {
        long now = era;
        long a = MarkWord.key(array);
        long b = MarkWord.key(other);
        long c = MarkWord.key(third);
        long at = record(a, b, c);
        return records != 0
                && RawMemory.loadLong(at) == (a | now)
                && RawMemory.loadLong(at + SECOND) == (b | now)
                && RawMemory.loadLong(at + THIRD) == (c | now);
    }

    @ForceInline
    private long record(long a, long b, long c) {
        long mixed = a ^ b >>> 3 ^ c >>> 7;
        return records
                + (mixed >>> MarkWord.KEY_SHIFT - RECORD_SHIFT & BYTES - (1 << RECORD_SHIFT));
    }

    /**
     * Counts a miss.
     *
     * @param now the era
     * @param first the key of an array; those of the others, or {@link #NONE}
     * @return whether it is the second one of this era, and the arrays are to be remembered
     */
    boolean isSecondMiss(long now, long first, long second, long third) {
        if (records == 0) {
            return false;
        }
        long missed = record(first, second, third) + MISSED;
        long who = now | first ^ second >>> 1 ^ third >>> 2;
        long seen = RawMemory.loadLong(missed);
        if (seen == ~who) {
            return false; // it was the second one before
        }
        RawMemory.storeLong(missed, seen == who ? ~who : who);
        return seen == who;
    }

    /** Remembers arrays of which {@link #isKnown(Object)} became true in that era. */
    void remember(long then, long first, long second, long third) {
        long at = record(first, second, third);
        RawMemory.storeLong(at, first | then);
        if (second != NONE) {
            RawMemory.storeLong(at + SECOND, second | then);
        }
        if (third != NONE) {
            RawMemory.storeLong(at + THIRD, third | then);
        }
    }

    /** Visits the keys of all that is known in this era. */
    void forEachKnown(LongConsumer visitor) {
        for (long at = records; at < records + BYTES && records != 0; at += Long.BYTES) {
            long word = RawMemory.loadLong(at);
            boolean isKey = (at - records & (1 << RECORD_SHIFT) - 1) != MISSED;
            if (isKey && (word & -ERA) == era) {
                visitor.accept(word & ERA - 1);
            }
        }
    }
}
