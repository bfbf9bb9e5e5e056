package org.jkasan.mm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionParser;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.jkasan.shadow.Shadow;

/** A small kernel's memory for one test: its log, its reports and, at the end, its invariants. */
final class TestMachine implements AutoCloseable {

    static final HostMemory HOST = HostMemories.fromClassPath();

    static final long START = Architecture.X86_64.layout().vmallocStart();

    static final int PAGE = MemoryLayout.PAGE_SIZE;

    private static final List<String> REPORTS = Collections.synchronizedList(new ArrayList<>());

    /** One for all tests, since each reserves 16 TiB: every bad access is reported. */
    static final Sanitizer SANITIZER = new Sanitizer(multiShot(), HOST, REPORTS::add);

    final MemoryManager mm;

    final RecordedLog recorder = new RecordedLog();
    final List<String> log = recorder.lines();

    private final Sanitizer sanitizer;

    private TestMachine(Sanitizer sanitizer, MemoryConfig config) {
        this.sanitizer = sanitizer;
        REPORTS.clear();
        mm =
                sanitizer == null
                        ? MemoryManager.withoutKasan(HOST, config, recorder)
                        : MemoryManager.withKasan(sanitizer, config, recorder);
    }

    private static KasanConfig multiShot() {
        return OptionParser.parse("kasan_multi_shot", new Properties());
    }

    /** 1 GiB of RAM, one CPU and so many bytes of vmalloc space on x86-64. */
    static MemoryConfig config(long vmallocSize) {
        return config(Architecture.X86_64, vmallocSize);
    }

    static MemoryConfig config(Architecture architecture, long vmallocSize) {
        return new MemoryConfig(architecture.layout(), 1L << 30, 1, vmallocSize, true);
    }

    /** With KASAN, 1 GiB of RAM, one CPU and so many bytes of vmalloc space. */
    static TestMachine withKasan(long vmallocSize) {
        return new TestMachine(SANITIZER, config(vmallocSize));
    }

    static TestMachine withKasan(MemoryConfig config) {
        return new TestMachine(SANITIZER, config);
    }

    /** The same with so many CPUs; with more than one there are pools. */
    static TestMachine withCpus(int cpus, long vmallocSize) {
        MemoryLayout layout = Architecture.X86_64.layout();
        return withKasan(new MemoryConfig(layout, 1L << 30, cpus, vmallocSize, true));
    }

    /** The same on a host with pages of 16 KiB. */
    static TestMachine withLargeHostPages(long vmallocSize) {
        return new TestMachine(LargePages.SANITIZER, config(vmallocSize));
    }

    /** The same, watched by a sanitizer with options of its own. */
    static TestMachine watchedBy(Sanitizer sanitizer, long vmallocSize) {
        return new TestMachine(sanitizer, config(vmallocSize));
    }

    /** The same without KASAN. */
    static TestMachine withoutKasan(long vmallocSize) {
        return new TestMachine(null, config(vmallocSize));
    }

    static TestMachine withoutKasan(MemoryConfig config) {
        return new TestMachine(null, config);
    }

    Vmalloc vmalloc() {
        return mm.vmalloc();
    }

    KernelMemory memory() {
        return mm.memory();
    }

    /** A user of percpu areas of its own, beside the percpu allocator's. */
    PercpuAreas percpuAreas() {
        return new PercpuAreas(mm.space(), mm.ram(), recorder);
    }

    /** The host address of a kernel address. */
    long host(long addr) {
        return mm.memory().hostAddress(addr);
    }

    Shadow shadow() {
        return sanitizer.shadow();
    }

    byte shadow(long addr) {
        return shadow().effective(host(addr));
    }

    /** Host pages held by the data of a range of the window. */
    long residentData(long offset, long size) {
        return HeldPages.count(host(START + offset), size);
    }

    /** Host pages held by the shadow of a range of the window. */
    long residentShadow(long offset, long size) {
        return HeldPages.count(shadow().shadowAddress(host(START + offset)), size >>> 3);
    }

    /** A read of one byte as rewritten code does it: checked, then done. */
    byte read(long addr) {
        if (!shadow().isAccessible(host(addr), 1)) {
            sanitizer.reporter().report(new BadAccess(AccessKind.READ, addr, host(addr), 1));
        }
        return memory().loadByte(addr);
    }

    /** A read of an element as rewritten code does it, which may lie outside; the last report. */
    String readElement(byte[] array, int index) {
        long element = sanitizer.arrays().handle(array) + index;
        if (!shadow().isValid1(element)) {
            sanitizer.reporter().report(new BadAccess(AccessKind.READ, element, element, 1));
        }
        return REPORTS.isEmpty() ? "" : REPORTS.get(REPORTS.size() - 1);
    }

    /** The reports since the machine was made. */
    List<String> reports() {
        return List.copyOf(REPORTS);
    }

    @Override
    public void close() {
        Invariants.check(mm);
        mm.close();
    }

    /** Made when it is first asked for. */
    private static final class LargePages {

        static final Sanitizer SANITIZER =
                new Sanitizer(multiShot(), FakeHost.withPages(16 << 10), REPORTS::add);
    }
}
