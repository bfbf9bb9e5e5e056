package org.jkasan.kernel;

import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/** A modelled Linux x86-64 kernel. Several may run in one JVM. */
public final class Kernel implements AutoCloseable {

    private final Printk printk;

    private Kernel(Printk printk) {
        this.printk = printk;
    }

    /** Boots a kernel as {@link Kconfig#defaults()} has it. */
    public static Kernel boot() {
        return boot(Kconfig.defaults());
    }

    /** Boots a kernel, with KASAN if the agent is present. */
    public static Kernel boot(Kconfig config) {
        return new Kernel(Printk.stderr());
    }

    public Vmalloc vmalloc() {
        throw new UnsupportedOperationException();
    }

    public KernelMemory memory() {
        throw new UnsupportedOperationException();
    }

    public Printk printk() {
        return printk;
    }

    /** Gives the kernel's memory back; no address or buffer of it may be used any more. */
    @Override
    public void close() {}
}
