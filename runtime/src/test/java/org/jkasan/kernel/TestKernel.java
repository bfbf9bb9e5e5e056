package org.jkasan.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionParser;
import org.jkasan.host.HostMemories;
import org.jkasan.mm.KernelMemory;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;

/** A small kernel for one test: its log, its reports and, at the end, its invariants. */
final class TestKernel implements AutoCloseable {

    static final int THREAD_SIZE = 32 << 10;
    static final int PAGE = 4096;

    private static final List<String> REPORTS = Collections.synchronizedList(new ArrayList<>());

    /** One for all tests, since each reserves 16 TiB: every bad access is reported. */
    private static final Sanitizer SANITIZER =
            new Sanitizer(multiShot(), HostMemories.fromClassPath(), REPORTS::add);

    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final Kernel kernel;

    private TestKernel(boolean kasan, Kconfig config) {
        REPORTS.clear();
        Printk printk = new Printk(log::add);
        kernel = kasan ? Kernel.boot(config, printk, SANITIZER) : Kernel.boot(config, printk);
    }

    /** One CPU and 1 MiB of vmalloc space. */
    static Kconfig small() {
        return Kconfig.defaults().withCpus(1).withVmallocSize(1 << 20);
    }

    private static KasanConfig multiShot() {
        return OptionParser.parse("kasan_multi_shot", new Properties());
    }

    /** With KASAN, one CPU and 1 MiB of vmalloc space. */
    static TestKernel withKasan() {
        return withKasan(small());
    }

    static TestKernel withKasan(Kconfig config) {
        return new TestKernel(true, config);
    }

    /** Without KASAN, one CPU and 1 MiB of vmalloc space. */
    static TestKernel withoutKasan() {
        return withoutKasan(small());
    }

    static TestKernel withoutKasan(Kconfig config) {
        return new TestKernel(false, config);
    }

    Tasks tasks() {
        return kernel.tasks();
    }

    KernelMemory memory() {
        return kernel.memory();
    }

    byte shadow(long addr) {
        return SANITIZER.shadow().effective(memory().hostAddress(addr));
    }

    /** The shadow bytes of a range of granules as hex digits. */
    String shadow(long addr, int granules) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < granules; i++) {
            hex.append(i == 0 ? "" : " ").append(String.format("%02x", shadow(addr + 8L * i)));
        }
        return hex.toString();
    }

    /** The handle of an array, or 0 if it is not tracked. */
    long handle(Object array) {
        return SANITIZER.arrays().handle(array);
    }

    boolean isValid(long addr) {
        return SANITIZER.shadow().isAccessible(memory().hostAddress(addr), 1);
    }

    /** A write as rewritten code does it: checked, then done. */
    void write(long addr) {
        check(AccessKind.WRITE, addr);
        memory().storeByte(addr, (byte) 1);
    }

    /** A read as rewritten code does it: checked, then done. */
    byte read(long addr) {
        check(AccessKind.READ, addr);
        return memory().loadByte(addr);
    }

    private void check(AccessKind kind, long addr) {
        if (!isValid(addr)) {
            SANITIZER.reporter().report(new BadAccess(kind, addr, memory().hostAddress(addr), 1));
        }
    }

    /** The reports since the kernel was made. */
    List<String> reports() {
        return List.copyOf(REPORTS);
    }

    /** The titles of the reports since the kernel was made. */
    List<String> titles() {
        return reports().stream()
                .map(text -> text.substring(text.indexOf("KASAN: ") + 7, text.indexOf(" in ")))
                .toList();
    }

    /** The only report. */
    String report() {
        if (REPORTS.size() != 1) {
            throw new AssertionError(REPORTS.size() + " reports instead of one: " + REPORTS);
        }
        return REPORTS.get(0);
    }

    @Override
    public void close() {
        kernel.rcu().barrier();
        KernelInvariants.check(kernel);
        kernel.close();
    }
}
