package org.jkasan.testkit.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jkasan.check.Sanitizer;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.KernelInvariants;
import org.jkasan.kernel.KernelLeaks;
import org.jkasan.kernel.Printk;
import org.jkasan.mm.KernelOops;
import org.jkasan.report.ReportInfo;
import org.jkasan.testkit.Reports;

/**
 * A kernel, and a plain model of what its callers have: which blocks there are, and every byte in
 * them. It knows which accesses are bad, and that KASAN must report exactly these. Its log is
 * thrown away, for many warnings are to be expected.
 */
public final class KernelSubject implements Subject {

    private final String config;
    private final Kernel kernel;
    private final KernelLeaks leaks;
    private final List<Block> live = new ArrayList<>();
    private Block lastFreed;
    private int named;
    private int stepsOfInjection;

    private KernelSubject(Kconfig kconfig, String config) {
        Printk quiet = new Printk(line -> {});
        Sanitizer sanitizer = Sanitizer.installed();
        this.config = config;
        this.kernel =
                sanitizer == null
                        ? Kernel.boot(kconfig, quiet)
                        : Kernel.boot(kconfig, quiet, sanitizer);
        this.leaks = KernelLeaks.from(kernel);
    }

    /** A kernel with 16 MiB of RAM, 64 MiB of vmalloc space and two CPUs. */
    public static KernelSubject small() {
        return new KernelSubject(
                Kconfig.defaults().withMem(16L << 20).withCpus(2).withVmallocSize(64L << 20),
                "Kconfig.defaults().withMem(16L << 20).withCpus(2).withVmallocSize(64L << 20)");
    }

    /** A kernel with these settings. */
    public static KernelSubject of(Kconfig config) {
        return new KernelSubject(config, "config /* " + config + " */");
    }

    public Kernel kernel() {
        return kernel;
    }

    @Override
    public String java() {
        return "Kernel kernel = Kernel.boot(" + config + ");";
    }

    List<Block> live() {
        return live;
    }

    /** The block that was freed last, if nothing was allocated or purged since; or null. */
    Block lastFreed() {
        return lastFreed;
    }

    /** A name for the next block's variable. */
    String nextName() {
        return "a" + named++;
    }

    /** Takes note of a new block, and fills it; of none, where an allocation may have failed. */
    void allocated(Block.Kind kind, String name, long addr, int size) {
        lastFreed = null;
        if (addr == 0) {
            require(stepsOfInjection > 0 || isTight(), name + " = 0, but there is memory");
            return;
        }
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) named);
        Block block = new Block(kind, name, addr, content);
        for (Block other : live) {
            require(!block.overlaps(other), name + " overlaps " + other.name);
        }
        kernel.memory().copyIn(addr, content, 0, size);
        live.add(block);
    }

    private boolean isTight() {
        return kernel.ram().free() < kernel.ram().total() / 2;
    }

    /** Takes note that a block has another size, and perhaps another place. */
    void resized(Block old, String name, long addr, int size) {
        lastFreed = null;
        if (addr == 0) {
            require(stepsOfInjection > 0 || isTight(), name + " = 0, but there is memory");
            return;
        }
        byte[] content = Arrays.copyOf(old.content, size);
        byte[] kept = new byte[Math.min(size, old.size())];
        kernel.memory().copyOut(addr, kept, 0, kept.length);
        require(
                Arrays.equals(kept, 0, kept.length, content, 0, kept.length),
                name + " has other bytes than " + old.name);
        kernel.memory().copyIn(addr, content, 0, size);
        live.remove(old);
        live.add(new Block(old.kind, name, addr, content));
    }

    /** Takes note that a block is freed. */
    void freed(Block block) {
        live.remove(block);
        lastFreed = block;
    }

    /** Takes note that what was freed may be gone for good. */
    void forgetFreed() {
        lastFreed = null;
    }

    /** Has the nth allocation of RAM in the next step fail. */
    void inject(int nth) {
        int[] left = {nth};
        kernel.ram().failWhen(pages -> --left[0] == 0);
        stepsOfInjection = 2;
    }

    /**
     * Does something bad, which KASAN must report once, at this address; what an access throws that
     * reaches a page which is not mapped is part of it.
     */
    void bad(long addr, Runnable access) {
        List<ReportInfo> seen;
        try (Reports reports = Reports.take()) {
            try {
                access.run();
            } catch (KernelOops expected) {
                require(expected.address() == addr, "the oops is at another address");
            }
            seen = reports.seen();
        }
        if (kernel.kasan()) {
            require(seen.size() == 1, "one report was due, but there were " + seen.size());
            require(seen.get(0).address() == addr, "the report is about another address");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Every byte of every block is what was stored there. */
    @Override
    public void check() {
        if (stepsOfInjection > 0 && --stepsOfInjection == 0) {
            kernel.ram().failWhen(null);
        }
        for (Block block : live) {
            byte[] actual = new byte[block.size()];
            kernel.memory().copyOut(block.addr, actual, 0, actual.length);
            int differs = Arrays.mismatch(actual, block.content);
            require(differs < 0, block.name + " has another byte at " + differs);
        }
    }

    /** Frees all blocks; then nothing may be left, and the kernel must be sound. */
    @Override
    public void close() {
        try {
            kernel.ram().failWhen(null);
            for (Block block : List.copyOf(live)) {
                KernelActions.end(this, block);
            }
            List<String> left = leaks.find();
            require(left.isEmpty(), "left behind: " + String.join("; ", left));
            KernelInvariants.check(kernel);
        } finally {
            kernel.close();
        }
    }
}
