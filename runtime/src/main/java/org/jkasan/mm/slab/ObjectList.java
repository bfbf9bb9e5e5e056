package org.jkasan.mm.slab;

import java.util.Arrays;
import java.util.function.Predicate;

/** Objects of slabs in a row, with the bytes that they take in them. The lock is the caller's. */
final class ObjectList {

    private static final int FEW = 16;

    /** What is run with an object. */
    interface Action {
        void accept(Slab slab, int index);
    }

    private Slab[] slabs = new Slab[FEW];
    private int[] indices = new int[FEW];
    private int count;
    private long bytes;

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    void add(Slab slab, int index) {
        if (count == slabs.length) {
            slabs = Arrays.copyOf(slabs, 2 * count);
            indices = Arrays.copyOf(indices, 2 * count);
        }
        slabs[count] = slab;
        indices[count] = index;
        count++;
        bytes += slab.cache.layout().stride();
    }

    /** Adds everything that another list has, and empties that. */
    void addAll(ObjectList other) {
        other.drain(other.count, this::add);
    }

    /** Takes the oldest ones out, in the order in which they came. */
    void drain(int number, Action action) {
        for (int i = 0; i < number; i++) {
            bytes -= slabs[i].cache.layout().stride();
            action.accept(slabs[i], indices[i]);
        }
        System.arraycopy(slabs, number, slabs, 0, count - number);
        System.arraycopy(indices, number, indices, 0, count - number);
        Arrays.fill(slabs, count - number, count, null);
        count -= number;
    }

    /** The slab of the newest one, which {@link #popIndex} takes out. */
    Slab last() {
        return slabs[count - 1];
    }

    /** Takes the newest one out: its index in its slab. */
    int popIndex() {
        count--;
        bytes -= slabs[count].cache.layout().stride();
        slabs[count] = null;
        return indices[count];
    }

    /** Takes those out whose slab is meant. */
    void removeIf(Predicate<Slab> meant, Action action) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            Slab slab = slabs[i];
            int index = indices[i];
            if (meant.test(slab)) {
                bytes -= slab.cache.layout().stride();
                action.accept(slab, index);
            } else {
                slabs[kept] = slab;
                indices[kept++] = index;
            }
        }
        Arrays.fill(slabs, kept, count, null);
        count = kept;
    }

    /** Runs something with each. */
    void forEach(Action action) {
        for (int i = 0; i < count; i++) {
            action.accept(slabs[i], indices[i]);
        }
    }
}
