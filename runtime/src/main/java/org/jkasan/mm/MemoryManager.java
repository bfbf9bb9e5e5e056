package org.jkasan.mm;

import org.jkasan.check.HeapArrays;
import org.jkasan.check.Sanitizer;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;

/** A kernel's memory, put together: windows, pages, KASAN's part, and vmalloc. */
public final class MemoryManager implements AutoCloseable {

    private final HostMemory host;
    private final Gate gate = new Gate();
    private final Cpus cpus;
    private final Interrupts interrupts = new Interrupts();
    private final Sanitizer sanitizer;
    private final PageAllocator ram;
    private final PageFrames frames;
    private final PageDescriber pageDescriber;
    private final VmallocSpaces spaces;
    private final Percpu percpu;
    private final Mmu mmu;
    private final KernelMemory memory;
    private final KernelHelpers helpers;
    private final KernelArrays arrays;
    private final DataSection data;
    private final Globals globals;
    private final Vmalloc vmalloc;
    private final Modules modules;
    private final Vmap vmap;
    private final VmapRam vmapRam;
    private final Cleanup cleanup;
    private volatile DeferredWork worker = Runnable::run;

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

    private static PageKasan pageKasan(Sanitizer sanitizer, DirectMap map) {
        return sanitizer == null
                ? PageKasan.NONE
                : new PageShadow(sanitizer.host(), sanitizer.shadow(), map.window());
    }

    private static PageOwners pageOwners(Sanitizer sanitizer) {
        return sanitizer != null && sanitizer.config().pageOwner()
                ? new PageTracks(sanitizer.tracks())
                : PageOwners.NONE;
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
        this.ram = new PageAllocator(config.ram(), cpus);
        DirectMap map = DirectMap.reserve(gate, host, layout.directMapStart(), config.ram());
        cleanup.add(map::release);
        this.frames =
                new PageFrames(
                        gate,
                        host,
                        ram,
                        map,
                        pageKasan(sanitizer, map),
                        pageOwners(sanitizer),
                        cpus,
                        log);
        cleanup.add(frames::close);
        VmallocMachine machine =
                new VmallocMachine(
                        gate,
                        host,
                        ram,
                        map,
                        frames,
                        cpus,
                        config.hugeVmalloc(),
                        config.lazyMaxPages(),
                        interrupts,
                        this::schedule,
                        log,
                        new Purges(),
                        cleanup);
        this.spaces = VmallocSpaces.reserve(machine, sanitizer, config);
        this.pageDescriber = new PageDescriber(map.window(), frames, spaces.all());
        this.percpu = new Percpu(spaces.vmalloc(), machine);
        Faults faults = new Faults(layout, sanitizer != null);
        this.data = DataSection.reserve(host, layout.dataStart(), sanitizer);
        cleanup.add(data::release);
        this.mmu = new Mmu(gate, spaces, map.window(), data.window(), layout, faults);
        this.memory = new KernelMemory(mmu);
        this.helpers = KernelHelpers.over(gate, memory, mmu, host, layout);
        cleanup.add(helpers.user()::close);
        HeapArrays tracked = sanitizer == null ? new HeapArrays() : sanitizer.arrays();
        this.globals = new Globals(gate, host, tracked, data);
        this.arrays = new KernelArrays(gate, tracked, spaces.vmalloc(), log);
        this.vmalloc = new Vmalloc(spaces, arrays, log);
        this.modules = new Modules(spaces, vmalloc);
        this.vmap = new Vmap(spaces, frames, log);
        this.vmapRam = new VmapRam(spaces.vmalloc(), frames, log);
        if (sanitizer != null) {
            spaces.attach(sanitizer);
            sanitizer.reporter().register(data);
            sanitizer.reporter().register(pageDescriber);
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

    /** Memory of which every CPU has its own. */
    public Percpu percpu() {
        return percpu;
    }

    /** What is in vmalloc space and the module area. */
    public VmallocInfo vmallocInfo() {
        return new VmallocInfo(gate, spaces.all().stream().map(VmallocSpace::areas).toList());
    }

    /** Memory for modules. */
    public Modules modules() {
        return modules;
    }

    /** Pages of RAM at further addresses. */
    public Vmap vmap() {
        return vmap;
    }

    /** Pages of RAM at further addresses for a short time. */
    public VmapRam vmapRam() {
        return vmapRam;
    }

    /** The functions that touch memory for their callers. */
    public KernelHelpers helpers() {
        return helpers;
    }

    /** Global variables, in the kernel image. */
    public Globals globals() {
        return globals;
    }

    /** Where they are. */
    DataSection data() {
        return data;
    }

    HostMemory host() {
        return host;
    }

    /** Asks somebody first what a fault means. */
    public void handleFaults(FaultHandler first) {
        mmu.handleFaults(first);
    }

    /** Which threads are in an interrupt. */
    public Interrupts interrupts() {
        return interrupts;
    }

    /** Has somebody do the work that comes up in interrupts, which is done at once otherwise. */
    public void deferWorkTo(DeferredWork target) {
        worker = target;
    }

    private void schedule(Runnable work) {
        worker.schedule(work);
    }

    /** Vmalloc space. */
    VmallocSpace space() {
        return spaces.vmalloc();
    }

    /** All windows in which areas are allocated. */
    VmallocSpaces spaces() {
        return spaces;
    }

    /** Whether KASAN watches this memory. */
    public boolean kasan() {
        return sanitizer != null;
    }

    /** Whether KASAN watches vmalloc space. */
    public boolean kasanVmalloc() {
        return space().kasan() instanceof VmallocShadow;
    }

    /** What every call passes that would touch this memory. */
    public Gate gate() {
        return gate;
    }

    /**
     * Gives everything back to the host, and waits for nobody. No buffer of this memory may be used
     * afterwards; whatever would touch it otherwise throws an {@link IllegalStateException}.
     */
    @Override
    public synchronized void close() {
        if (gate.isClosed()) {
            return;
        }
        gate.close();
        mmu.close();
        arrays.close();
        globals.close();
        if (sanitizer != null) {
            spaces.detach(sanitizer);
            sanitizer.reporter().unregister(data);
            sanitizer.reporter().unregister(pageDescriber);
        }
        cleanup.run();
    }
}
