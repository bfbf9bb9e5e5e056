package org.jkasan.kernel;

import java.util.Optional;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.KasanConfig;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.jkasan.mm.Atomics;
import org.jkasan.mm.Atomics64;
import org.jkasan.mm.Bitops;
import org.jkasan.mm.Globals;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.MemoryConfig;
import org.jkasan.mm.MemoryManager;
import org.jkasan.mm.Modules;
import org.jkasan.mm.Nofault;
import org.jkasan.mm.PageAllocator;
import org.jkasan.mm.PageFrames;
import org.jkasan.mm.Percpu;
import org.jkasan.mm.Strings;
import org.jkasan.mm.UserMemory;
import org.jkasan.mm.Vmalloc;
import org.jkasan.mm.VmallocInfo;
import org.jkasan.mm.Vmap;
import org.jkasan.mm.VmapRam;
import org.jkasan.mm.slab.Kmalloc;
import org.jkasan.mm.slab.SlabMemory;
import org.jkasan.shadow.Shadow;

/**
 * A modelled Linux kernel. Several may run in one JVM; with all of vmalloc space, three can have
 * their addresses at a time.
 */
public final class Kernel implements AutoCloseable {

    private final Printk printk;
    private final MemoryManager mm;
    private final Sanitizer sanitizer;
    private final Tasks tasks;
    private final SlabMemory slab;
    private final StackDescriber stacks;
    private final Workqueue workqueue;
    private final Rcu rcu;

    private Kernel(
            Kconfig config, Printk printk, MemoryManager mm, HostMemory host, Sanitizer sanitizer) {
        this.printk = printk;
        this.mm = mm;
        this.sanitizer = sanitizer;
        StackKasan kasan =
                sanitizer == null
                        ? new NoStackKasan()
                        : new StackShadow(sanitizer.shadow(), mm.memory());
        boolean vmapStack = !mm.kasan() || mm.kasanVmalloc();
        this.tasks = new Tasks(host, mm, kasan, vmapStack);
        this.stacks = new StackDescriber(tasks);
        this.slab = new SlabMemory(mm, host, sanitizer, printk);
        this.workqueue = new Workqueue(mm.cpus(), slab, printk);
        this.rcu = new Rcu(mm.cpus(), mm.vmalloc(), slab, printk);
        if (config.slubRcuDebug()) {
            slab.deferFreesTo(rcu);
        }
        mm.deferWorkTo(workqueue);
        mm.handleFaults(tasks::guardPageHit);
        if (sanitizer != null) {
            sanitizer.reporter().register(stacks);
        }
    }

    /** Boots a kernel as {@link Kconfig#defaults()} has it. */
    public static Kernel boot() {
        return boot(Kconfig.defaults());
    }

    /**
     * Boots a kernel that logs to standard error: with KASAN if the agent is present, and otherwise
     * without, on the host's memory as the class path offers it.
     *
     * @throws org.jkasan.host.HostMemoryException in one sentence where the host refuses memory
     */
    public static Kernel boot(Kconfig config) {
        Sanitizer sanitizer = Sanitizer.installed();
        Printk printk = Printk.stderr();
        return sanitizer == null ? boot(config, printk) : boot(config, printk, sanitizer);
    }

    /** Boots a kernel without KASAN, on the host's memory as the class path offers it. */
    public static Kernel boot(Kconfig config, Printk printk) {
        HostMemory host = HostMemories.fromClassPath();
        MemoryManager mm = MemoryManager.withoutKasan(host, memory(config), printk);
        return new Kernel(config, printk, mm, host, null);
    }

    /** Boots a kernel that a sanitizer watches. */
    public static Kernel boot(Kconfig config, Printk printk, Sanitizer sanitizer) {
        MemoryConfig memory = memory(config, sanitizer.config());
        MemoryManager mm = MemoryManager.withKasan(sanitizer, memory, printk);
        return new Kernel(config, printk, mm, sanitizer.host(), sanitizer);
    }

    private static MemoryConfig memory(Kconfig config) {
        return new MemoryConfig(
                config.architecture().layout(),
                config.mem(),
                config.cpus(),
                config.vmallocSize(),
                false,
                config.hugeVmalloc());
    }

    private static MemoryConfig memory(Kconfig config, KasanConfig options) {
        MemoryConfig memory = memory(config);
        return switch (config.kasanVmalloc()) {
            case ON -> memory.withKasanVmalloc();
            case STRICT -> memory.withKasanVmalloc().strict();
            case OFF -> memory;
            case BY_OPTION -> byOption(memory, options);
        };
    }

    private static MemoryConfig byOption(MemoryConfig memory, KasanConfig options) {
        if (!options.vmalloc()) {
            return memory;
        }
        MemoryConfig on = memory.withKasanVmalloc();
        return options.vmallocStrict() ? on.strict() : on;
    }

    /** Whether KASAN watches this kernel. */
    public boolean kasan() {
        return mm.kasan();
    }

    /**
     * Whether KASAN watches vmalloc space: it has real shadow. Where {@link #kasan} holds and this
     * does not, that space lies on the shared early shadow, which cannot be written, so no stack
     * can be there.
     */
    public boolean kasanVmalloc() {
        return mm.kasanVmalloc();
    }

    /** Memory for modules. */
    public Modules modules() {
        return mm.modules();
    }

    public Vmalloc vmalloc() {
        return mm.vmalloc();
    }

    /** Memory of which every CPU has its own: alloc_percpu. */
    public Percpu percpu() {
        return mm.percpu();
    }

    /** What is in vmalloc space, as text: /proc/vmallocinfo. */
    public VmallocInfo vmallocInfo() {
        return mm.vmallocInfo();
    }

    /** The slab allocator: caches of objects of one size. */
    public SlabMemory slab() {
        return slab;
    }

    /** Objects of any size up to 4 MiB. */
    public Kmalloc kmalloc() {
        return slab.kmalloc();
    }

    /** Global variables, in the kernel image. */
    public Globals globals() {
        return mm.globals();
    }

    /** Pages of RAM at further addresses. */
    public Vmap vmap() {
        return mm.vmap();
    }

    /** Pages of RAM at further addresses for a short time: vm_map_ram. */
    public VmapRam vmapRam() {
        return mm.vmapRam();
    }

    /** The pages of RAM. */
    public PageAllocator ram() {
        return mm.ram();
    }

    /** The pages of RAM that are allocated one at a time, seen through the direct map. */
    public PageFrames frames() {
        return mm.frames();
    }

    /** The shadow, if a sanitizer watches. */
    Optional<Shadow> shadow() {
        return Optional.ofNullable(sanitizer).map(Sanitizer::shadow);
    }

    MemoryManager mm() {
        return mm;
    }

    public KernelMemory memory() {
        return mm.memory();
    }

    /** Copies that fail where others fault. */
    public Nofault nofault() {
        return mm.helpers().nofault();
    }

    /** Functions on strings in kernel memory. */
    public Strings strings() {
        return mm.helpers().strings();
    }

    /** Atomic operations on 32 bits: atomic_t. */
    public Atomics atomics() {
        return mm.helpers().atomics();
    }

    /** Atomic operations on 64 bits: atomic64_t, which is atomic_long_t, too. */
    public Atomics64 atomics64() {
        return mm.helpers().atomics64();
    }

    /** Operations on single bits. */
    public Bitops bitops() {
        return mm.helpers().bitops();
    }

    /** The memory of the process, and how the kernel touches it. */
    public UserMemory user() {
        return mm.helpers().user();
    }

    public Tasks tasks() {
        return tasks;
    }

    public Printk printk() {
        return printk;
    }

    /**
     * Runs a handler in an interrupt, on the current thread and at once; interrupts nest. What may
     * sleep is refused there: vmalloc fails with the kernel's BUG, and vfree is put off.
     */
    public void interrupt(Runnable handler) {
        mm.interrupts().run(handler);
    }

    /** Whether the current thread is in an interrupt: in_interrupt. */
    public boolean inInterrupt() {
        return mm.interrupts().inInterrupt();
    }

    /** Work that is done later, by a thread of its CPU. */
    public Workqueue workqueue() {
        return workqueue;
    }

    /** Read-copy-update. */
    public Rcu rcu() {
        return rcu;
    }

    /** Waits until everything is done that was put off before the call: flush_scheduled_work. */
    public void flushWork() {
        workqueue.flush();
    }

    /**
     * Does what was put off, and gives the kernel's memory back to the host. Afterwards whatever
     * would touch that memory, be it an access through {@link #memory}, an allocation or a free,
     * throws an {@link IllegalStateException}. A buffer of this kernel must not be touched: its
     * addresses may be anybody's. Arrays are ordinary arrays again.
     *
     * <p>A call that races with the close is not stopped; no other thread may be using the kernel.
     */
    @Override
    public void close() {
        rcu.close();
        workqueue.close();
        if (sanitizer != null) {
            sanitizer.reporter().unregister(stacks);
        }
        tasks.close();
        slab.close();
        mm.close();
    }
}
