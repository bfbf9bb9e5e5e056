package org.jkasan.mm.slab;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jkasan.mm.PageFrames;

/** Which slab a page of RAM belongs to: virt_to_slab. Look-ups take no lock. */
final class SlabTable {

    /*
     *   page ----> first page of its block ----> number of its slab, plus one ----> slab
     *
     * The number is noted with the page and is nobody's any more when the page is freed. A look-up
     * that races with that finds another slab, or none, which the page frame number tells.
     */

    private static final int FEW = 64;

    private final PageFrames frames;
    private volatile Slab[] slabs = new Slab[FEW];
    private int[] unused = new int[FEW];
    private int unusedCount;
    private int made;

    SlabTable(PageFrames frames) {
        this.frames = frames;
    }

    synchronized void add(Slab slab) {
        int number = unusedCount > 0 ? unused[--unusedCount] : made++;
        if (number == slabs.length) {
            slabs = Arrays.copyOf(slabs, 2 * number);
        }
        slabs[number] = slab;
        frames.setOwner(slab.pfn, number + 1L);
    }

    synchronized void remove(Slab slab) {
        int number = (int) frames.owner(slab.pfn) - 1;
        frames.setOwner(slab.pfn, 0);
        slabs[number] = null;
        if (unusedCount == unused.length) {
            unused = Arrays.copyOf(unused, 2 * unusedCount);
        }
        unused[unusedCount++] = number;
    }

    /** Runs something with every slab. */
    void forEach(Consumer<Slab> action) {
        for (Slab slab : slabs) {
            if (slab != null) {
                action.accept(slab);
            }
        }
    }

    /** Objects in use, of all slabs. */
    long live() {
        long live = 0;
        for (Slab slab : slabs) {
            live += slab == null ? 0 : slab.count(Slab.LIVE);
        }
        return live;
    }

    /** The slab that holds an address, or null. */
    Slab find(long addr) {
        long pfn = frames.pfn(addr);
        if (pfn == PageFrames.NO_PAGE) {
            return null;
        }
        long head = frames.head(pfn);
        long number = frames.isAllocated(head) ? frames.owner(head) - 1 : -1;
        Slab[] table = slabs;
        Slab slab = number >= 0 && number < table.length ? table[(int) number] : null;
        return slab != null && slab.pfn == head ? slab : null;
    }
}
