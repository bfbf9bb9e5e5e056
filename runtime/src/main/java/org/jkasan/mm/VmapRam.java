package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import java.util.Arrays;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.RawMemory;
import org.jkasan.report.CallSite;

/**
 * Short-lived mappings of pages of RAM, side by side in vmalloc space: vm_map_ram. The pages are
 * the caller's before, meanwhile and afterwards; what is written through the mapping is read
 * through the direct map, and the other way round.
 *
 * <p>A mapping of up to {@link #MAX_ALLOC} pages comes out of a block that belongs to the CPU, and
 * nothing guards it from its neighbours but KASAN; a larger one has an area of its own, without a
 * guard page as well. Its addresses are unmapped at once and used again only after a purge.
 * Thread-safe.
 *
 * <p>Source: mm/vmalloc.c.
 */
public final class VmapRam {

    /*
     *   map    -> 2^order pages of a block of this CPU, or of a new block
     *          -> bound -> in the page table -> exactly the pages asked for unpoisoned -> published
     *   unmap  -> claimed -> poisoned -> unmapped and unbound -> dirty
     *          -> the last of a block: its area waits for the purge
     *
     * A block has its shadow from the start: 128 pages for the 4 MiB that it normally is.
     *
     * No lock is held while pages are bound, mapped or poisoned: from its reservation to its
     * publishing, and from its claim to its release, a mapping is one caller's alone.
     *
     * The host still maps the pages of what was unmapped, until a purge. Where it allows no further
     * mapping, a purge, which also ends the blocks in which nothing is live, may make room.
     */

    /** Pages of the largest mapping that comes out of a block: VMAP_MAX_ALLOC. */
    public static final int MAX_ALLOC = 64;

    private final AreaRequests requests;
    private final AreaAllocator allocator;
    private final VmapAreas areas;
    private final VmapBlocks blocks;
    private final PageTable pages;
    private final VmallocKasan kasan;
    private final LazyPurge purge;
    private final PageBinder binder;
    private final PageFrames frames;
    private final KernelLog log;

    VmapRam(VmallocSpace space, PageFrames frames, KernelLog log) {
        this.requests = space.requests();
        this.allocator = space.allocator();
        this.areas = space.areas();
        this.blocks = space.blocks();
        this.pages = space.pages();
        this.kasan = space.kasan();
        this.purge = space.purge();
        this.binder = space.binder();
        this.frames = frames;
        this.log = log;
    }

    /**
     * Maps pages, in this order.
     *
     * @param pfns their page frame numbers
     * @param count how many of them, from the first on; 0, and a page that RAM does not have, fail
     *     with a warning, as does a call in an interrupt
     * @param node the NUMA node of what the kernel itself needs: 0 is the only one, or {@link
     *     VmallocRequest#ANY_NODE}
     * @return the kernel address of the first; 0 on failure
     * @throws IllegalArgumentException if there are fewer than count page frame numbers
     * @throws HostMemoryException on a host with pages larger than 4 KiB, which can map no single
     *     page of the kernel
     */
    public long vmMapRam(long[] pfns, int count, int node) {
        return vmMapRam(pfns, count, node, null);
    }

    /** What rewritten code calls instead, with the place where it does. */
    public long vmMapRam(long[] pfns, int count, int node, CallSite caller) {
        binder.prepare();
        if (count < 0 || count > pfns.length) {
            throw new IllegalArgumentException(
                    "count="
                            + count
                            + " is not a number of pages that an array of "
                            + pfns.length
                            + " page frame numbers has.");
        }
        long[] mapped = Arrays.copyOf(pfns, count); // which nobody can change once it is checked
        if (!admits(mapped, node)) {
            return 0;
        }
        return count <= MAX_ALLOC
                ? mapInBlock(mapped, count, caller)
                : mapInArea(mapped, count, caller);
    }

    private boolean admits(long[] pfns, int node) {
        if (pfns.length == 0) {
            log.warn("vm_map_ram: no pages to map");
            return false;
        }
        for (long pfn : pfns) {
            if (!frames.isFrame(pfn)) {
                log.warn("vm_map_ram: page frame " + pfn + " is not in RAM");
                return false;
            }
        }
        return requests.admitsNode(node) && requests.maySleep("vm_map_ram");
    }

    private long mapInBlock(long[] pfns, int count, CallSite caller) {
        VmapBlockQueue queue = blocks.queue();
        for (VmapBlock block : queue.free()) {
            int page = block.reserve(count);
            if (page != VmapBlock.NONE) {
                return mapAt(block, page, pfns, count, caller);
            }
        }
        VmapArea area = reserve(blocks.blockSize(), blocks.blockSize());
        if (area == null) {
            return 0;
        }
        VmapBlock block = new VmapBlock(area, queue);
        int page = block.reserve(count);
        area.vm = VmapRamArea.of(block);
        blocks.add(block, queue);
        return mapAt(block, page, pfns, count, caller);
    }

    private VmapArea reserve(long size, long align) {
        VmallocRequest request = requests.request(size).aligned(align).withFlags(VmFlags.NO_GUARD);
        return allocator.reserve(request, VmapRamArea.of(size, null));
    }

    private long mapAt(VmapBlock block, int page, long[] pfns, int count, CallSite caller) {
        long addr = block.address(page);
        if (!map(addr, pfns, count)) {
            release(block, page, count);
            return 0;
        }
        block.publish(page, new VmStruct(bytes(count), VmFlags.NO_GUARD, kasan.track(caller)));
        return addr;
    }

    private long mapInArea(long[] pfns, int count, CallSite caller) {
        VmapArea area = reserve(bytes(count), MemoryLayout.PAGE_SIZE);
        if (area == null) {
            return 0;
        }
        VmapRamArea vm = VmapRamArea.of(bytes(count), kasan.track(caller));
        boolean mapped = map(area.start, pfns, count);
        if (!mapped) {
            vm.end(null);
        }
        area.vm = vm;
        if (!mapped) {
            retire(area);
            return 0;
        }
        return area.start;
    }

    /** Whoever is handed the address, even through a race, finds the pages mapped and open. */
    private boolean map(long addr, long[] pfns, int count) {
        if (!bind(addr, pfns, count)) {
            return false;
        }
        pages.map(addr, count);
        kasan.unpoison(addr, bytes(count));
        RawMemory.storeFence();
        return true;
    }

    private boolean bind(long addr, long[] pfns, int count) {
        try {
            binder.bind(addr, pfns, 0, count);
            return true;
        } catch (HostMemoryException e) {
            purge.purge();
        }
        try {
            binder.bind(addr, pfns, 0, count);
            return true;
        } catch (HostMemoryException e) {
            log.print("vm_map_ram: " + e.getMessage());
            return false;
        }
    }

    /**
     * Unmaps what {@link #vmMapRam} mapped. Whatever is no such mapping of exactly so many pages
     * stays as it is, with a warning, and so does everything in an interrupt; if it was one and
     * ended before, KASAN reports a double free as well.
     *
     * @param addr what vmMapRam returned
     * @param count the count that it was called with
     * @throws org.jkasan.report.KasanError for a double unmapping with {@code kasan.fault=throw}
     */
    public void vmUnmapRam(long addr, int count) {
        vmUnmapRam(addr, count, null);
    }

    /** What rewritten code calls instead, with the place where it does. */
    public void vmUnmapRam(long addr, int count, CallSite caller) {
        if (!requests.maySleep("vm_unmap_ram")) {
            return;
        }
        if ((addr & PAGE_MASK) != 0) {
            log.warn("Trying to vm_unmap_ram() bad address (" + hex(addr) + ")");
            return;
        }
        VmapBlock block = blocks.find(addr);
        if (block == null) {
            unmapArea(addr, count, caller);
        } else {
            unmapInBlock(block, addr, count, caller);
        }
    }

    private void unmapInBlock(VmapBlock block, long addr, int count, CallSite caller) {
        int page = block.page(addr);
        if (!block.claim(page, count, kasan.track(caller))) {
            refuseAgain(block.map(page), addr, count);
            return;
        }
        unmap(addr, count);
        release(block, page, count);
    }

    /** Of a block whose last mapping that was, the area waits for a purge now. */
    private void release(VmapBlock block, int page, int count) {
        purgeIf(block.release(page, count) && blocks.free(block, areas));
        purge.purgeDeadBlocks();
    }

    private void unmapArea(long addr, int count, CallSite caller) {
        VmapArea area = areas.at(addr);
        VmStruct use = area == null ? null : area.vm;
        VmStruct map = use instanceof VmapRamArea ram ? ram.mapping(area.start, addr) : null;
        // What a block still remembers that is in no table any more has ended.
        if (map == null || map != use || map.pages != count || !map.end(kasan.track(caller))) {
            refuseAgain(map, addr, count);
            return;
        }
        unmap(addr, count);
        retire(area);
    }

    private void refuseAgain(VmStruct map, long addr, int count) {
        if (map != null && map.pages == count && !map.isLive()) {
            kasan.reportDoubleFree(addr);
        }
        refuse(addr, count);
    }

    private void refuse(long addr, int count) {
        log.warn(
                "Trying to vm_unmap_ram() nonexistent mapping ("
                        + hex(addr)
                        + " of "
                        + count
                        + " pages)");
    }

    private void unmap(long addr, int count) {
        kasan.poison(addr, bytes(count));
        pages.unmap(addr, count);
        binder.unbind(addr, count);
    }

    private void retire(VmapArea area) {
        purgeIf(areas.retire(area));
    }

    private void purgeIf(boolean over) {
        if (binder.wantsPurge()) {
            purge.tryPurge();
        } else if (over) {
            purge.relieve();
        }
    }

    private static long bytes(int count) {
        return (long) count << PAGE_SHIFT;
    }
}
