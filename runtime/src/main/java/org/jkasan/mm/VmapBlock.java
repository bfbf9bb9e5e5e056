package org.jkasan.mm;

import java.util.BitSet;
import java.util.function.Consumer;
import org.jkasan.host.HostMemoryException;
import org.jkasan.report.Track;
import org.jkasan.report.VmallocRegion;

/** A range of vmalloc space out of which one CPU makes small mappings: the kernel's vmap_block. */
final class VmapBlock {

    /*
     *   page   0     3 4     6   8                     next                    pages
     *          [ used |.| dirty   | used   | dirty      | free .................. ]
     *
     * A mapping of n pages takes the next 2^order of them, the least power of two that is not below n;
     * of these n are used and the others never are. The pointer only goes up: what was unmapped is
     * dirty, and nothing is mapped there again before the whole block was freed and purged, so that a
     * block costs one purge however many mappings it served.
     *
     *   free + dirty + the 2^order of every mapping that is live or on its way = pages
     *
     * A block is in the queue of its CPU as long as it has free pages. Once all are dirty it is dead,
     * which exactly one caller is told: that one has to free its area. A block where nothing is live
     * can be made dead before it is used up.
     *
     * On the host the pages are still mapped where they were unmapped here. Of a dead block the purge
     * undoes that with all the rest of its area; where something stays live, each purge flushes what
     * became dirty since the last one, or a long-lived mapping would keep a thousand of the host's.
     *
     * Locking: this object's monitor is vb->lock; the queue's lock is taken within it. What was mapped
     * where is read without a lock by reports: an entry is set once and never changes.
     *
     * Source: vmap_block of mm/vmalloc.c. The kernel believes whoever unmaps; here the block knows
     * its mappings, and so a wrong unmapping changes nothing.
     */

    /** What reserve answers where not so many pages are free. */
    static final int NONE = -1;

    /** Of a block one in so many pages may be free if it is to be purged unasked. */
    private static final int PURGE_SHARE = 4;

    /** Set, while the area is live, by whoever made it; its start and end are the block's. */
    final VmapArea area;

    private final int pages;
    private final VmapBlockQueue queue;
    private final BitSet used;

    /** Dirty pages that no purge has flushed. */
    private final BitSet unflushed = new BitSet();

    private final VmStruct[] maps;
    private volatile int free;
    private volatile int dirty;

    /** A block that covers an area, of whose pages none is taken, and that is in no queue yet. */
    VmapBlock(VmapArea area, VmapBlockQueue queue) {
        this.area = area;
        this.pages = (int) area.pages();
        this.queue = queue;
        this.used = new BitSet(pages);
        this.maps = new VmStruct[pages];
        this.free = pages;
    }

    /** Pages that a mapping of so many takes: 2^order. */
    static int taken(int count) {
        return Integer.highestOneBit(2 * count - 1);
    }

    /**
     * Takes pages for a mapping.
     *
     * @param count how many, from 1 to {@link VmapRam#MAX_ALLOC}
     * @return the number of the first, or {@link #NONE}
     */
    int reserve(int count) {
        int taken = taken(count);
        if (free < taken) {
            return NONE;
        }
        synchronized (this) {
            if (free < taken) {
                return NONE;
            }
            int page = pages - free;
            free -= taken;
            if (free == 0) {
                queue.remove(this);
            }
            return page;
        }
    }

    /** Makes a mapping known whose pages were taken and are mapped. */
    synchronized void publish(int page, VmStruct map) {
        maps[page] = map;
        used.set(page, page + map.pages);
    }

    /**
     * Ends a mapping of so many pages that begins at a page. Of several that try, one does.
     *
     * @param freed who ends it, or null without KASAN
     * @return whether it was this caller, who has to unmap the pages and to {@link #release} them
     */
    synchronized boolean claim(int page, int count, Track freed) {
        VmStruct map = maps[page];
        if (map == null || map.pages != count || !map.end(freed)) {
            return false;
        }
        used.clear(page, page + count);
        return true;
    }

    /**
     * Makes the pages dirty that a mapping had taken, or was to have, from this one on.
     *
     * @return whether the block is dead now
     */
    synchronized boolean release(int page, int count) {
        dirty += taken(count);
        unflushed.set(page, page + taken(count));
        return dirty == pages;
    }

    /**
     * Undoes on the host what is still mapped there of dirty pages, as far as the host lets it. No
     * purge can free the block meanwhile. Source: what vm_unmap_aliases does with dirty ranges.
     */
    void flushDirty(PageBinder binder) {
        BitSet runs = takeUnflushed();
        int from = runs.nextSetBit(0);
        while (from >= 0) {
            int to = runs.nextClearBit(from);
            try {
                binder.restore(address(from), address(to));
            } catch (HostMemoryException e) {
                putBack(from, to); // the next purge tries again
            }
            from = runs.nextSetBit(to);
        }
    }

    private synchronized BitSet takeUnflushed() {
        BitSet taken = (BitSet) unflushed.clone();
        unflushed.clear();
        return taken;
    }

    private synchronized void putBack(int from, int to) {
        unflushed.set(from, to);
    }

    /**
     * Makes the block dead where nothing is live in it.
     *
     * @param force even if a quarter of it or more is still free
     * @return whether this call did it
     */
    boolean purge(boolean force) {
        if (!isFragmented(force)) {
            return false;
        }
        synchronized (this) {
            if (!isFragmented(force)) {
                return false;
            }
            free = 0;
            dirty = pages;
            queue.remove(this);
            return true;
        }
    }

    private boolean isFragmented(boolean force) {
        int left = free;
        int gone = dirty;
        return left + gone == pages && gone != pages && (force || left < pages / PURGE_SHARE);
    }

    /** The mapping that begins at a page, live or ended since; null if none ever did. */
    synchronized VmStruct map(int page) {
        return maps[page];
    }

    /** Whether a page is part of a live mapping. */
    synchronized boolean isUsed(int page) {
        return used.get(page);
    }

    /** How many pages are part of a live mapping. */
    synchronized int usedPages() {
        return used.cardinality();
    }

    /** What a report says of the mapping that an address was in last; null if it was in none. */
    VmallocRegion describe(long addr) {
        int page = page(addr);
        for (int first = page; first >= 0 && page - first < VmapRam.MAX_ALLOC; first--) {
            VmStruct map = maps[first];
            if (map != null) {
                return page - first < map.pages ? map.region(address(first)) : null;
            }
        }
        return null;
    }

    /** The number of the page that an address of the block is in. */
    int page(long addr) {
        return (int) (addr - area.start >>> MemoryLayout.PAGE_SHIFT);
    }

    /** The address of a page. */
    long address(int page) {
        return area.start + ((long) page << MemoryLayout.PAGE_SHIFT);
    }

    /** How many pages no mapping has taken yet. */
    int free() {
        return free;
    }

    /** How many pages were taken and are done with. */
    int dirty() {
        return dirty;
    }

    /** Tells of everything that does not hold, while nothing else happens, in one sentence each. */
    synchronized void check(Consumer<String> violations) {
        BitSet live = new BitSet(pages);
        int taken = 0;
        int end = 0;
        for (int page = 0; page < pages; page++) {
            VmStruct map = maps[page];
            if (map != null) {
                if (page < end || page + taken(map.pages) > pages - free && dirty != pages) {
                    violations.accept("mappings overlap at page " + page + " of " + area);
                }
                end = page + taken(map.pages);
                if (map.isLive()) {
                    live.set(page, page + map.pages);
                    taken += taken(map.pages);
                }
            }
        }
        if (!live.equals(used)) {
            violations.accept("the bitmap of " + area + " is not what its mappings say");
        }
        if (free + dirty + taken != pages || free < 0) {
            violations.accept(
                    area
                            + " has "
                            + free
                            + " free, "
                            + dirty
                            + " dirty and "
                            + taken
                            + " live pages, which are not all");
        }
        if (dirty == pages) {
            violations.accept(area + " is dead and was not freed");
        }
        if (queue.holds(this) != free > 0) {
            violations.accept(area + " is in the queue of its CPU, or is not, unlike its state");
        }
    }
}
