package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import org.jkasan.check.AddressSpace;
import org.jkasan.report.BugType;

/**
 * The model's memory management unit: kernel addresses to host addresses, or an oops.
 *
 * <p>There are four windows: vmalloc space, tested first and by page; the module area, by page too;
 * the direct map and the image's data, of which all pages are present. An access that leaves a
 * window faults: where two touch, as the module area and vmalloc space do on arm64, the lower one's
 * last page is never mapped, for it can only be a guard page.
 */
final class Mmu {

    private final Gate gate;
    private final long start;
    private final long hostStart;
    private final long delta;
    private final long modulesStart;
    private final long modulesDelta;
    private final PageTable modulePages;
    private final long mapStart;
    private final long mapDelta;
    private final long dataStart;
    private final long dataDelta;
    private final PageTable pages;
    private final Faults faults;
    private final MemoryLayout layout;

    /** The end of vmalloc space. */
    private long hostEnd;

    /** The windows' sizes; 0 once they are gone, so that no access reaches them any more. */
    private long limit;

    private long modulesLimit;

    private long mapLimit;

    private long dataLimit;

    /** Null where nobody handles faults. */
    private volatile FaultHandler handler;

    Mmu(
            Gate gate,
            VmallocSpaces spaces,
            KernelWindow directMap,
            KernelWindow data,
            MemoryLayout layout,
            Faults faults) {
        KernelWindow vmalloc = spaces.vmalloc().window();
        KernelWindow modules = spaces.modules().window();
        this.gate = gate;
        this.start = vmalloc.start();
        this.hostStart = vmalloc.hostStart();
        this.delta = vmalloc.delta();
        this.hostEnd = vmalloc.hostStart() + vmalloc.size();
        this.limit = vmalloc.size();
        this.pages = spaces.vmalloc().pages();
        this.modulesStart = modules.start();
        this.modulesDelta = modules.delta();
        this.modulesLimit = modules.size();
        this.modulePages = spaces.modules().pages();
        this.mapStart = directMap.start();
        this.mapDelta = directMap.delta();
        this.mapLimit = directMap.size();
        this.dataStart = data.start();
        this.dataDelta = data.delta();
        this.dataLimit = data.size();
        this.layout = layout;
        this.faults = faults;
    }

    /** One without windows: every access is a fault. */
    Mmu(MemoryLayout layout) {
        this.gate = new Gate();
        this.start = 0;
        this.hostStart = 0;
        this.delta = 0;
        this.pages = null;
        this.modulesStart = 0;
        this.modulesDelta = 0;
        this.modulePages = null;
        this.mapStart = 0;
        this.mapDelta = 0;
        this.dataStart = 0;
        this.dataDelta = 0;
        this.layout = layout;
        this.faults = new Faults(layout, false);
    }

    /** The title of an access where the architecture has no KASAN metadata; null where it has. */
    BugType wildAccess(long addr) {
        return layout.wildAccess(addr);
    }

    /** The host address of a kernel address, mapped or not; NO_SHADOW outside the windows. */
    long hostAddress(long addr) {
        if (isInVmalloc(addr)) {
            return addr - delta;
        }
        if (isInDirectMap(addr)) {
            return addr - mapDelta;
        }
        if (isInModules(addr)) {
            return addr - modulesDelta;
        }
        return isInData(addr) ? addr - dataDelta : AddressSpace.NO_SHADOW;
    }

    /** The same; NO_SHADOW where its page is not present. */
    long presentAddress(long addr) {
        long host = addr - delta;
        if (standsForVmalloc(host)) {
            return pages.isPresentAt(host) ? host : AddressSpace.NO_SHADOW;
        }
        if (isInDirectMap(addr)) {
            return addr - mapDelta;
        }
        return isInModules(addr) && !isMappedModule(addr)
                ? AddressSpace.NO_SHADOW
                : hostAddress(addr);
    }

    /** Whether the page table says of some page of a range in one window that it is poisoned. */
    boolean isPoisoned(long addr, long size) {
        if (isInVmalloc(addr)) {
            return pages.isPoisoned(addr - start, size);
        }
        return isInModules(addr) && modulePages.isPoisoned(addr - modulesStart, size);
    }

    /**
     * The host address of an access of 1 to 8 bytes.
     *
     * @throws KernelOops at the first byte that is not mapped
     */
    long translate(long addr, int bytes, boolean write) {
        // All by the host address: where addr is needed behind a test as well, a loop over the
        // kernel's memory has one value more than the compiler of JDK 17 has registers.
        long host = addr - delta;
        if (standsForVmalloc(host)
                && pages.isPresentAt(host)
                && (host & PAGE_MASK) <= PAGE_SIZE - bytes) {
            return host;
        }
        return translateByPage(host + delta, bytes, write);
    }

    private long translateByPage(long addr, int bytes, boolean write) {
        require(addr, write);
        if ((addr & PAGE_MASK) > PAGE_SIZE - bytes) {
            require((addr & ~PAGE_MASK) + PAGE_SIZE, write);
        }
        return hostAddress(addr);
    }

    private void require(long addr, boolean write) {
        if (presentAddress(addr) == AddressSpace.NO_SHADOW) {
            throw fault(addr, write);
        }
    }

    /** Whether an access of 1 to 8 bytes would go through. */
    boolean isPresent(long addr, int bytes) {
        return presentAddress(addr) != AddressSpace.NO_SHADOW
                && presentAddress(addr + bytes - 1) != AddressSpace.NO_SHADOW;
    }

    private RuntimeException fault(long addr, boolean write) {
        gate.pass();
        FaultHandler first = handler;
        KernelOops known = first == null ? null : first.oops(addr, write);
        return known == null ? faults.at(addr, write) : known;
    }

    private boolean isInVmalloc(long addr) {
        return isBelow(addr - start, limit);
    }

    /** The same of what would be the host address. */
    private boolean standsForVmalloc(long host) {
        return host >= hostStart && host < hostEnd;
    }

    private boolean isMappedModule(long addr) {
        return isInModules(addr) && modulePages.isPresent(addr - modulesStart >>> PAGE_SHIFT);
    }

    private boolean isInModules(long addr) {
        return isBelow(addr - modulesStart, modulesLimit);
    }

    private boolean isInDirectMap(long addr) {
        return isBelow(addr - mapStart, mapLimit);
    }

    private boolean isInData(long addr) {
        return isBelow(addr - dataStart, dataLimit);
    }

    /**
     * Whether an offset, unsigned, is below a limit that is not negative. One test of a sign, where
     * Long.compareUnsigned is two comparisons to the compiler of JDK 17, and slower.
     */
    private static boolean isBelow(long offset, long limit) {
        return (offset | limit - 1 - offset) >= 0;
    }

    /** Asks somebody first what a fault means. */
    void handleFaults(FaultHandler first) {
        handler = first;
    }

    void close() {
        hostEnd = hostStart;
        limit = 0;
        modulesLimit = 0;
        mapLimit = 0;
        dataLimit = 0;
    }
}
