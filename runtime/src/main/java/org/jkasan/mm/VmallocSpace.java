package org.jkasan.mm;

import org.jkasan.check.Sanitizer;
import org.jkasan.host.HostMemory;

/**
 * A window of the kernel's address space in which areas are allocated, with everything that this
 * takes. Vmalloc space and the module area are two of a kind: each has pages, shadow, areas and a
 * purge of its own, where the kernel has one tree for both.
 */
final class VmallocSpace {

    private final KernelWindow window;
    private final PageTable pages;
    private final VmallocKasan kasan;
    private final VmapAreas areas;
    private final AreaSpace free = new AreaSpace();
    private final VmapBlocks blocks;
    private final PageBinder binder;
    private final AreaFrames frames;
    private final AreaShadow shadow;
    private final LazyPurge purge;
    private final AreaRequests requests;
    private final AreaAllocator allocator;
    private final HugeAreas huge;
    private final DeferredFrees frees;
    private final KernelBuffers buffers;
    private final VmallocDescriber describer;

    /**
     * Puts together what belongs to a window.
     *
     * @param machine what the windows of one kernel share
     * @param pages no page of the window is mapped
     * @param kasan KASAN's part, which watches this window alone
     * @param areas none so far
     */
    VmallocSpace(
            VmallocMachine machine,
            KernelWindow window,
            PageTable pages,
            VmallocKasan kasan,
            VmapAreas areas) {
        HostMemory host = machine.host();
        this.window = window;
        this.kasan = kasan;
        this.pages = pages;
        this.areas = areas;
        this.blocks = new VmapBlocks(machine.cpus(), window.size());
        this.binder = new PageBinder(host, window, machine.map());
        machine.cleanup().add(binder::close);
        this.frames = new AreaFrames(window, pages, areas, binder, machine.frames(), machine.ram());
        this.shadow = new AreaShadow(host, window, pages, kasan);
        machine.cleanup().add(() -> shadow.release(host));
        this.purge =
                new LazyPurge(
                        areas,
                        blocks,
                        free,
                        shadow,
                        new Reclaim(host.pageSize(), new DataPages(host, window, binder)),
                        new Reclaim(MemoryLayout.MEMORY_PER_SHADOW_PAGE, kasan),
                        binder,
                        machine.lazyMaxPages() == 0,
                        machine.purges());
        machine.purges().add(purge);
        this.requests = new AreaRequests(window, machine);
        this.allocator =
                new AreaAllocator(window, shadow, kasan, areas, free, purge, frames, machine);
        this.huge = new HugeAreas(machine.hugeVmalloc(), allocator, frames, machine.frames());
        this.frees = new DeferredFrees(machine, window, kasan, allocator);
        this.buffers = new KernelBuffers(machine.gate(), host, window);
        this.describer = new VmallocDescriber(window, areas);
    }

    KernelWindow window() {
        return window;
    }

    PageTable pages() {
        return pages;
    }

    VmallocKasan kasan() {
        return kasan;
    }

    /** What opens and closes the areas. */
    AreaShadow shadow() {
        return shadow;
    }

    VmapAreas areas() {
        return areas;
    }

    /** The blocks of vm_map_ram. */
    VmapBlocks blocks() {
        return blocks;
    }

    /** The address space that is free, from which this window's areas are carved. */
    AreaSpace free() {
        return free;
    }

    /** What binds pages of RAM over addresses of the window. */
    PageBinder binder() {
        return binder;
    }

    /** The page frames behind the areas. */
    AreaFrames frames() {
        return frames;
    }

    LazyPurge purge() {
        return purge;
    }

    /** Which areas can be asked for. */
    AreaRequests requests() {
        return requests;
    }

    AreaAllocator allocator() {
        return allocator;
    }

    /** Allocates areas, of huge pages where they are allowed. */
    HugeAreas huge() {
        return huge;
    }

    /** Frees areas, in interrupts later. */
    DeferredFrees frees() {
        return frees;
    }

    KernelBuffers buffers() {
        return buffers;
    }

    /** The page of RAM that is mapped at an address and has a frame; NO_PAGE if there is none. */
    long boundPage(long addr) {
        boolean mapped = window.contains(addr) && pages.isMapped(addr);
        return mapped ? binder.pfn(addr) : PageFrames.NO_PAGE;
    }

    /** Lets reports say what lies in the window, and the shadow what is poisoned there. */
    void attach(Sanitizer sanitizer) {
        sanitizer.shadow().register(shadow);
        sanitizer.reporter().register(describer);
    }

    void detach(Sanitizer sanitizer) {
        sanitizer.reporter().unregister(describer);
        sanitizer.shadow().unregister(shadow);
    }
}
