package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import org.jkasan.host.HostMemory;
import org.jkasan.host.MemoryFile;

/**
 * The window through which the kernel sees all of its RAM: page n lies n pages behind PAGE_OFFSET.
 * RAM is a file of the host's memory, made for the first page that is asked for, so that any page
 * can be mapped a second time elsewhere.
 */
final class DirectMap {

    private final Gate gate;
    private final HostMemory host;
    private final KernelWindow window;
    private volatile MemoryFile file;

    private DirectMap(Gate gate, HostMemory host, KernelWindow window) {
        this.gate = gate;
        this.host = host;
        this.window = window;
    }

    /** Reserves the window for so many bytes of RAM. */
    static DirectMap reserve(Gate gate, HostMemory host, long start, long ram) {
        return new DirectMap(gate, host, KernelWindow.reserve(host, start, ram, "the direct map"));
    }

    KernelWindow window() {
        return window;
    }

    /**
     * Makes RAM, if that is still to be done. What was written to pages that nobody has is lost.
     */
    void back() {
        if (file == null) {
            make();
        }
    }

    private synchronized void make() {
        gate.pass();
        if (file == null) {
            MemoryFile made = host.file(window.reserved(), "RAM");
            try {
                made.map(0, window.hostStart(), window.reserved());
            } catch (RuntimeException e) {
                made.close();
                throw e;
            }
            file = made;
        }
    }

    /**
     * Maps neighbouring pages a second time, over host addresses that are reserved.
     *
     * @throws org.jkasan.host.HostMemoryException where the host refuses
     */
    synchronized void mapOver(long hostAddress, long pfn, long pages) {
        back();
        file.map(pfn << PAGE_SHIFT, hostAddress, pages << PAGE_SHIFT);
    }

    /** The kernel address of a page: page_address. */
    long address(long pfn) {
        return window.start() + (pfn << PAGE_SHIFT);
    }

    /** The page that holds an address of the window: virt_to_page. */
    long pfn(long addr) {
        return addr - window.start() >>> PAGE_SHIFT;
    }

    synchronized void release() {
        window.release(host);
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
