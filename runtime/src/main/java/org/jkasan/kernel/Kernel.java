package org.jkasan.kernel;

import org.jkasan.check.Sanitizer;
import org.jkasan.host.HostMemories;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.MemoryConfig;
import org.jkasan.mm.MemoryManager;
import org.jkasan.mm.Vmalloc;

/**
 * A modelled Linux x86-64 kernel. Several may run in one JVM; with all of vmalloc space, three can
 * have their addresses at a time.
 */
public final class Kernel implements AutoCloseable {

    private final Printk printk;
    private final MemoryManager mm;

    private Kernel(Printk printk, MemoryManager mm) {
        this.printk = printk;
        this.mm = mm;
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
        MemoryConfig memory = memory(config);
        return new Kernel(
                printk, MemoryManager.withoutKasan(HostMemories.fromClassPath(), memory, printk));
    }

    /** Boots a kernel that a sanitizer watches. */
    public static Kernel boot(Kconfig config, Printk printk, Sanitizer sanitizer) {
        return new Kernel(printk, MemoryManager.withKasan(sanitizer, memory(config), printk));
    }

    private static MemoryConfig memory(Kconfig config) {
        return new MemoryConfig(config.mem(), config.cpus(), config.vmallocSize());
    }

    public Vmalloc vmalloc() {
        return mm.vmalloc();
    }

    public KernelMemory memory() {
        return mm.memory();
    }

    public Printk printk() {
        return printk;
    }

    /**
     * Gives the kernel's memory back to the host. Afterwards {@link #memory} refuses every access,
     * and a buffer of this kernel must not be touched: its addresses may be anybody's. Arrays are
     * ordinary arrays again.
     */
    @Override
    public void close() {
        mm.close();
    }
}
