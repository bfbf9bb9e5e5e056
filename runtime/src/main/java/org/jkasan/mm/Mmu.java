package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import org.jkasan.check.AddressSpace;
import org.jkasan.report.BugType;

/**
 * The model's memory management unit: kernel addresses to host addresses, or an oops.
 *
 * <p>There is one window so far, vmalloc space. A further one gets its own start, limit, delta and
 * page table here, tested after the ones before it in {@link #hostAddress} and {@link #translate}.
 */
final class Mmu {

    private final long start;
    private final long delta;
    private final PageTable pages;
    private final Faults faults;
    private final MemoryLayout layout;

    /** The window's size; 0 once the window is gone, so that no access reaches it any more. */
    private long limit;

    Mmu(KernelWindow window, PageTable pages, MemoryLayout layout, Faults faults) {
        this.start = window.start();
        this.delta = window.delta();
        this.limit = window.size();
        this.pages = pages;
        this.layout = layout;
        this.faults = faults;
    }

    /** The title of an access where the architecture has no KASAN metadata; null where it has. */
    BugType wildAccess(long addr) {
        return layout.wildAccess(addr);
    }

    /** The host address of a kernel address, mapped or not; NO_SHADOW outside the windows. */
    long hostAddress(long addr) {
        return isInWindow(addr) ? addr - delta : AddressSpace.NO_SHADOW;
    }

    /**
     * The host address of an access of 1 to 8 bytes.
     *
     * @throws KernelOops at the first byte that is not mapped
     */
    long translate(long addr, int bytes, boolean write) {
        if (isMapped(addr) && (addr & PAGE_MASK) <= PAGE_SIZE - bytes) {
            return addr - delta;
        }
        return translateByPage(addr, bytes, write);
    }

    private long translateByPage(long addr, int bytes, boolean write) {
        require(addr, write);
        if ((addr & PAGE_MASK) > PAGE_SIZE - bytes) {
            require((addr & ~PAGE_MASK) + PAGE_SIZE, write);
        }
        return addr - delta;
    }

    private void require(long addr, boolean write) {
        if (!isMapped(addr)) {
            throw fault(addr, write);
        }
    }

    private RuntimeException fault(long addr, boolean write) {
        if (limit == 0) {
            return new IllegalStateException("This kernel is closed, and its memory is gone.");
        }
        return faults.at(addr, write);
    }

    private boolean isMapped(long addr) {
        return isInWindow(addr) && pages.isPresent(addr - start >>> PAGE_SHIFT);
    }

    private boolean isInWindow(long addr) {
        return Long.compareUnsigned(addr - start, limit) < 0;
    }

    void close() {
        limit = 0;
    }
}
