package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All areas of a window that were carved out of the free tree, by their pages. No locking. */
final class VmapTable {

    /*
     *   page number   | the rest | 11 bits | 11 bits |
     *                      |          |         |
     *                    root --> middle --> leaf --> area        the same one for each of its pages
     *
     * Areas stay while they wait for a purge or for their next use, so allocating and freeing, as long
     * as pools serve them, write nothing here. A look-up is three loads, of which all but the last are
     * in the caches: one line of a leaf is 16 pages. It finds the area of any page, not of the first
     * alone, for vfree takes whatever lies in an area.
     *
     * No lock: who has carved a range is the only one to write its entries, and so is the purge before
     * the range is free again. Arrays are made when the first area needs them, and whoever is first
     * makes them; like the kernel's page tables they stay. An entry takes 4 bytes of heap for each
     * page, the arrays above it nothing to speak of.
     *
     * A walk goes by addresses and sees every area once that is there all the while, and no two that
     * overlap, for it goes on behind the end of each.
     *
     * Source: the kernel has busy trees instead, since 6.9 one for each node of 64 KiB zones; this is
     * its xarray, of fixed depth.
     */

    private static final int BITS = 11;
    private static final int SLOTS = 1 << BITS;

    private static final VarHandle MIDDLES =
            MethodHandles.arrayElementVarHandle(VmapArea[][][].class);
    private static final VarHandle LEAVES = MethodHandles.arrayElementVarHandle(VmapArea[][].class);
    private static final VarHandle AREAS = MethodHandles.arrayElementVarHandle(VmapArea[].class);

    private final long start;
    private final long pages;
    private final int leafSlots;
    private final int middleSlots;
    private final VmapArea[][][] root;

    /**
     * A table without areas.
     *
     * @param start the window's first address
     * @param size its bytes, whole pages
     */
    VmapTable(long start, long size) {
        this.start = start;
        this.pages = size >>> PAGE_SHIFT;
        this.leafSlots = (int) Math.min(pages, SLOTS);
        this.middleSlots = (int) Math.min((pages >>> BITS) + 1, SLOTS);
        this.root = new VmapArea[Math.toIntExact((pages >>> 2 * BITS) + 1)][][];
    }

    static VmapTable of(KernelWindow window) {
        return new VmapTable(window.start(), window.size());
    }

    private long page(long addr) {
        return addr - start >>> PAGE_SHIFT;
    }

    private static int slot(long page) {
        return (int) page & SLOTS - 1;
    }

    /** Takes note of an area whose addresses are the caller's. */
    void insert(VmapArea area) {
        long end = page(area.end);
        for (long page = page(area.start); page < end; page++) {
            AREAS.setRelease(makeLeaf(page), slot(page), area);
        }
    }

    /** Forgets an area whose addresses are still the caller's. */
    void remove(VmapArea area) {
        long end = page(area.end);
        for (long page = page(area.start); page < end; page++) {
            AREAS.setOpaque(leaf(middle(page), page), slot(page), (VmapArea) null);
        }
    }

    private VmapArea[] makeLeaf(long page) {
        int index = (int) (page >>> 2 * BITS);
        VmapArea[][] middle = middle(page);
        if (middle == null) {
            MIDDLES.compareAndSet(root, index, (VmapArea[][]) null, new VmapArea[middleSlots][]);
            middle = middle(page);
        }
        VmapArea[] leaf = leaf(middle, page);
        if (leaf == null) {
            int slot = slot(page >>> BITS);
            LEAVES.compareAndSet(middle, slot, (VmapArea[]) null, new VmapArea[leafSlots]);
            leaf = leaf(middle, page);
        }
        return leaf;
    }

    private VmapArea[][] middle(long page) {
        return (VmapArea[][]) MIDDLES.getAcquire(root, (int) (page >>> 2 * BITS));
    }

    private static VmapArea[] leaf(VmapArea[][] middle, long page) {
        return middle == null ? null : (VmapArea[]) LEAVES.getAcquire(middle, slot(page >>> BITS));
    }

    private VmapArea at(long page) {
        VmapArea[] leaf = leaf(middle(page), page);
        return leaf == null ? null : (VmapArea) AREAS.getAcquire(leaf, slot(page));
    }

    /** The area that contains an address, or null. */
    VmapArea find(long addr) {
        long page = page(addr);
        return page < pages ? at(page) : null;
    }

    /** The lowest area that ends above an address, live or not; null if there is none. */
    AreaView following(long addr) {
        VmapArea area = fromPage(Long.compareUnsigned(addr, start) < 0 ? 0 : page(addr));
        return area == null ? null : AreaView.of(area);
    }

    private VmapArea fromPage(long first) {
        VmapArea area = null;
        long page = used(first);
        while (page < pages && area == null) {
            area = at(page);
            page = area == null ? used(page) : page;
        }
        return area;
    }

    /** The lowest page not below one that an area has; behind the last page if there is none. */
    private long used(long first) {
        long page = first;
        while (page < pages) {
            VmapArea[][] middle = middle(page);
            VmapArea[] leaf = leaf(middle, page);
            if (leaf == null) {
                int bits = middle == null ? 2 * BITS : BITS;
                page = (page >>> bits) + 1 << bits;
            } else if (AREAS.getAcquire(leaf, slot(page)) != null) {
                return page;
            } else {
                page++;
            }
        }
        return pages;
    }

    /** All areas by their addresses. */
    List<AreaView> snapshot() {
        List<AreaView> areas = new ArrayList<>();
        forEach(area -> areas.add(AreaView.of(area)));
        return areas;
    }

    /** Runs something with every area, by their addresses. */
    void forEach(Consumer<VmapArea> action) {
        VmapArea area = fromPage(0);
        while (area != null) {
            action.accept(area);
            area = fromPage(page(area.end));
        }
    }

    /** Tells of every area that has not exactly its own pages, while nothing else happens. */
    void check(Consumer<String> violations) {
        long page = used(0);
        while (page < pages) {
            VmapArea area = at(page);
            long first = page;
            do {
                page++;
            } while (page < pages && at(page) == area);
            if (page(area.start) != first || page(area.end) != page) {
                violations.accept(
                        "the table has " + area + " from " + addr(first) + " to " + addr(page));
            }
            page = used(page);
        }
    }

    private String addr(long page) {
        return hex(start + (page << PAGE_SHIFT));
    }
}
