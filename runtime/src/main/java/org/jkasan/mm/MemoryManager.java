package org.jkasan.mm;

import org.jkasan.check.HeapArrays;
import org.jkasan.check.Sanitizer;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;

/** A kernel's memory, put together: windows, pages, KASAN's part, and vmalloc. */
public final class MemoryManager implements AutoCloseable {

    private final HostMemory host;
    private final Cpus cpus;
    private final Sanitizer sanitizer;
    private final KernelWindow window;
    private final PageAllocator ram;
    private final PageFrames frames;
    private final PageTable pages;
    private final Mmu mmu;
    private final KernelMemory memory;
    private final VmallocKasan kasan;
    private final VmapAreas areas;
    private final AreaSpace space = new AreaSpace();
    private final KernelArrays arrays;
    private final VmallocDescriber describer;
    private final Vmalloc vmalloc;
    private final Cleanup cleanup;
    private boolean closed;

    /**
     * The memory of a kernel that was built without KASAN.
     *
     * @throws org.jkasan.host.HostMemoryException where the host refuses
     */
    public static MemoryManager withoutKasan(HostMemory host, MemoryConfig config, KernelLog log) {
        return start(host, null, config, log);
    }

    /**
     * The memory of a kernel that a sanitizer watches.
     *
     * @throws org.jkasan.host.HostMemoryException where the host refuses
     */
    public static MemoryManager withKasan(Sanitizer sanitizer, MemoryConfig config, KernelLog log) {
        return start(sanitizer.host(), sanitizer, config, log);
    }

    /** Reserves all or nothing. */
    private static MemoryManager start(
            HostMemory host, Sanitizer sanitizer, MemoryConfig config, KernelLog log) {
        Cleanup cleanup = new Cleanup();
        try {
            return new MemoryManager(host, sanitizer, config, log, cleanup);
        } catch (HostMemoryException e) {
            cleanup.run();
            throw e;
        }
    }

    private static VmallocKasan vmallocKasan(
            Sanitizer sanitizer, PageAllocator ram, KernelWindow window, MemoryConfig config) {
        boolean real =
                sanitizer != null && config.kasanVmalloc() && config.layout().hasKasanVmalloc();
        return real
                ? new VmallocShadow(
                        sanitizer.host(), ram, sanitizer.shadow(), sanitizer.reporter(), window)
                : new NoKasan();
    }

    private static PageKasan pageKasan(Sanitizer sanitizer, DirectMap map) {
        return sanitizer == null
                ? PageKasan.NONE
                : new PageShadow(sanitizer.host(), sanitizer.shadow(), map.window());
    }

    private MemoryManager(
            HostMemory host,
            Sanitizer sanitizer,
            MemoryConfig config,
            KernelLog log,
            Cleanup cleanup) {
        this.host = host;
        this.cpus = new Cpus(config.cpus());
        this.sanitizer = sanitizer;
        this.cleanup = cleanup;
        MemoryLayout layout = config.layout();
        this.window =
                KernelWindow.reserve(
                        host, layout.vmallocStart(), config.vmallocSize(), "vmalloc space");
        cleanup.add(() -> window.release(host));
        this.pages = new PageTable(host, window);
        cleanup.add(() -> pages.release(host));
        DirectMap map = DirectMap.reserve(host, layout.directMapStart(), config.ram());
        cleanup.add(map::release);
        this.ram = new PageAllocator(config.ram());
        this.frames = new PageFrames(host, ram, map, pageKasan(sanitizer, map), config.cpus(), log);
        cleanup.add(frames::close);
        this.kasan = vmallocKasan(sanitizer, ram, window, config);
        cleanup.add(kasan::close);
        Faults faults = new Faults(layout, sanitizer != null);
        this.mmu = new Mmu(window, pages, map.window(), layout, faults);
        this.memory = new KernelMemory(mmu);
        this.areas = new VmapAreas(cpus);
        LazyPurge purge =
                new LazyPurge(
                        areas,
                        space,
                        new Reclaim(host.pageSize(), new DataPages(host, window)),
                        new Reclaim(MemoryLayout.MEMORY_PER_SHADOW_PAGE, kasan),
                        LazyPurge.maxPages(config.cpus()));
        AreaAllocator allocator =
                new AreaAllocator(window, pages, kasan, areas, space, purge, ram, log);
        HeapArrays tracked = sanitizer == null ? new HeapArrays() : sanitizer.arrays();
        this.arrays = new KernelArrays(tracked, allocator, areas, window, log);
        KernelBuffers buffers = new KernelBuffers(host, window);
        this.vmalloc = new Vmalloc(allocator, arrays, buffers, window, purge, log);
        this.describer = new VmallocDescriber(window, areas);
        if (sanitizer != null) {
            sanitizer.reporter().register(describer);
        }
    }

    public KernelMemory memory() {
        return memory;
    }

    /** The CPUs, all online at first. */
    public Cpus cpus() {
        return cpus;
    }

    /** The pages of RAM. */
    public PageAllocator ram() {
        return ram;
    }

    /** The pages of RAM that are allocated one at a time. */
    public PageFrames frames() {
        return frames;
    }

    public Vmalloc vmalloc() {
        return vmalloc;
    }

    HostMemory host() {
        return host;
    }

    /** Asks somebody first what a fault means. */
    public void handleFaults(FaultHandler first) {
        mmu.handleFaults(first);
    }

    KernelWindow window() {
        return window;
    }

    PageTable pages() {
        return pages;
    }

    /** Whether KASAN watches this memory. */
    public boolean kasan() {
        return sanitizer != null;
    }

    /** Whether KASAN watches vmalloc space. */
    public boolean kasanVmalloc() {
        return kasan instanceof VmallocShadow;
    }

    VmallocKasan vmallocKasan() {
        return kasan;
    }

    VmapAreas areas() {
        return areas;
    }

    AreaSpace space() {
        return space;
    }

    /**
     * Gives everything back to the host. No buffer of this memory may be used afterwards; {@link
     * #memory} refuses to be.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        mmu.close();
        arrays.close();
        if (sanitizer != null) {
            sanitizer.reporter().unregister(describer);
        }
        cleanup.run();
    }
}
