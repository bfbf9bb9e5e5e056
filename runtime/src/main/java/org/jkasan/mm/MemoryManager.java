package org.jkasan.mm;

import org.jkasan.check.HeapArrays;
import org.jkasan.check.Sanitizer;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;

/** A kernel's memory, put together: the window, the page table, KASAN's part, and vmalloc. */
public final class MemoryManager implements AutoCloseable {

    private final HostMemory host;
    private final Sanitizer sanitizer;
    private final KernelWindow window;
    private final PageAllocator ram;
    private final PageTable pages;
    private final Mmu mmu;
    private final KernelMemory memory;
    private final VmallocKasan kasan;
    private final VmapAreas areas;
    private final AreaSpace space = new AreaSpace();
    private final KernelArrays arrays;
    private final VmallocDescriber describer;
    private final Vmalloc vmalloc;
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
        KernelWindow window =
                KernelWindow.reserve(
                        host,
                        config.layout().vmallocStart(),
                        config.vmallocSize(),
                        "vmalloc space");
        PageTable pages = null;
        try {
            pages = new PageTable(host, window);
            PageAllocator ram = new PageAllocator(config.ram());
            VmallocKasan kasan = vmallocKasan(sanitizer, ram, window, config);
            return new MemoryManager(host, sanitizer, window, pages, ram, kasan, config, log);
        } catch (HostMemoryException e) {
            if (pages != null) {
                pages.release(host);
            }
            window.release(host);
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

    private MemoryManager(
            HostMemory host,
            Sanitizer sanitizer,
            KernelWindow window,
            PageTable pages,
            PageAllocator ram,
            VmallocKasan kasan,
            MemoryConfig config,
            KernelLog log) {
        this.host = host;
        this.sanitizer = sanitizer;
        this.window = window;
        this.pages = pages;
        this.ram = ram;
        this.kasan = kasan;
        MemoryLayout layout = config.layout();
        this.mmu = new Mmu(window, pages, layout, new Faults(layout, sanitizer != null));
        this.memory = new KernelMemory(mmu);
        this.areas = new VmapAreas(config.cpus());
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

    /** The pages of RAM. */
    public PageAllocator ram() {
        return ram;
    }

    public Vmalloc vmalloc() {
        return vmalloc;
    }

    HostMemory host() {
        return host;
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
        kasan.close();
        pages.release(host);
        window.release(host);
    }
}
