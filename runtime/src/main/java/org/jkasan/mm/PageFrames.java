package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.function.Consumer;
import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;
import org.jkasan.report.PageRegion;

/**
 * The kernel's page allocator: pages of RAM that have an identity, known by their page frame number
 * and seen through the direct map, in blocks of 2^order. Thread-safe. Source: mm/page_alloc.c.
 */
public final class PageFrames {

    /*
     * Two zones: DMA32 below 4 GiB, and NORMAL above it, which is asked first. Pages are counted by
     * the page allocator's counter, which others share whose pages need no frame; so whoever it
     * admits finds as many pages here, but not always in one block. A page is poisoned before it goes
     * into a list and made accessible after it came out of one, outside of any lock: in between it is
     * the caller's alone.
     *
     * A compound page is a block whose pages know the first of them.
     */

    /** What an allocation answers when there is no such block. */
    public static final long NO_PAGE = -1;

    /** MAX_PAGE_ORDER: the largest block is 4 MiB. */
    public static final int MAX_ORDER = Buddy.MAX_ORDER;

    private static final long DMA32_PAGES = (4L << 30) / PAGE_SIZE;

    private final Gate gate;
    private final PageAllocator ram;
    private final DirectMap map;
    private final PageKasan kasan;
    private final PageOwners owners;
    private final KernelLog log;
    private final Vmemmap pages;
    private final PageDump dump;
    private final Cpus cpus;
    private final Zone dma32;
    private final Zone normal;

    PageFrames(
            Gate gate,
            HostMemory host,
            PageAllocator ram,
            DirectMap map,
            PageKasan kasan,
            PageOwners owners,
            Cpus cpus,
            KernelLog log) {
        this.gate = gate;
        this.ram = ram;
        this.map = map;
        this.kasan = kasan;
        this.owners = owners;
        this.log = log;
        this.cpus = cpus;
        this.pages = new Vmemmap(host, ram.total());
        this.dump = new PageDump(pages, owners, DMA32_PAGES);
        long low = Math.min(ram.total(), DMA32_PAGES);
        this.dma32 = new Zone(pages, 0, low, cpus.count());
        this.normal = new Zone(pages, low, ram.total(), cpus.count());
    }

    /** Allocates a page that holds whatever was there: alloc_page(GFP_KERNEL). */
    public long alloc() {
        return alloc(Gfp.KERNEL, 0);
    }

    /** Allocates as {@link #alloc()} does, and sets the page to zero: get_zeroed_page. */
    public long allocZeroed() {
        return alloc(Gfp.KERNEL.zeroed(), 0);
    }

    /**
     * Allocates 2^order pages in one block: alloc_pages.
     *
     * @param order 0 to {@link #MAX_ORDER}; a larger one gives a warning
     * @return the page frame number of the first; {@link #NO_PAGE} where there is no such block
     * @throws org.jkasan.host.HostMemoryException where the host refuses to make RAM
     */
    public long alloc(Gfp gfp, int order) {
        gate.pass();
        map.back();
        if (order < 0 || order > MAX_ORDER) {
            log.warn("page allocation of order " + order + ", above the most, " + MAX_ORDER);
            return NO_PAGE;
        }
        boolean counted = ram.take(1L << order);
        long pfn = counted ? frame(gfp, order) : NO_PAGE;
        if (counted && pfn == NO_PAGE) {
            ram.give(1L << order);
        }
        if (pfn == NO_PAGE) {
            if (!gfp.quiet()) {
                log.print("page allocation failure: order:" + order);
            }
            return NO_PAGE;
        }
        handOut(pfn, order);
        if (gfp.zero()) {
            RawMemory.fill(hostAddress(pfn), (long) PAGE_SIZE << order, (byte) 0);
        }
        return pfn;
    }

    private long frame(Gfp gfp, int order) {
        int cpu = cpus.current();
        long pfn = gfp.dma32() ? NO_PAGE : normal.alloc(cpu, order);
        if (pfn == NO_PAGE) {
            pfn = dma32.alloc(cpu, order);
        }
        return pfn;
    }

    /** A frame for a page that the caller has counted; whoever has, finds one. */
    long adopt() {
        gate.pass();
        map.back();
        long pfn = frame(Gfp.KERNEL, 0);
        if (pfn == NO_PAGE) {
            throw new IllegalStateException("RAM has fewer page frames than pages are counted.");
        }
        handOut(pfn, 0);
        return pfn;
    }

    /** Frees a frame that was adopted; its page stays counted. */
    void disown(long pfn) {
        pages.claim(pfn, 0);
        takeBack(pfn, 0);
        zone(pfn).free(cpus.current(), pfn, 0);
    }

    private void handOut(long pfn, int order) {
        kasan.alloc(hostAddress(pfn), (long) PAGE_SIZE << order);
        owners.allocated(pfn, order);
    }

    private void takeBack(long pfn, int order) {
        kasan.free(hostAddress(pfn), (long) PAGE_SIZE << order);
        owners.freed(pfn, order);
    }

    private Zone zone(long pfn) {
        return pfn < DMA32_PAGES ? dma32 : normal;
    }

    /** Allocates a block whose pages know the first: alloc_pages(gfp | __GFP_COMP). */
    public long allocCompound(Gfp gfp, int order) {
        long head = alloc(gfp, order);
        if (head != NO_PAGE) {
            for (long pfn = head + 1; pfn < head + (1L << order); pfn++) {
                pages.setTail(pfn, head);
            }
        }
        return head;
    }

    /** Frees a single page, or the compound page whose first it is: __free_page, put_page. */
    public void free(long pfn) {
        int order = isAllocated(pfn) && isCompound(pfn) ? pages.order(pfn) : 0;
        free(pfn, order);
    }

    /**
     * Frees a block that was allocated with this order: __free_pages. What is not such a block is
     * left alone with a warning.
     */
    public void free(long pfn, int order) {
        gate.pass();
        boolean whole = isAllocated(pfn) && pages.order(pfn) == order;
        boolean compound = whole && isCompound(pfn);
        if (!whole || !pages.claim(pfn, order)) {
            log.warn("BUG: Bad page state: page frame " + pfn + notThat(pfn, order));
            return;
        }
        if (compound) {
            for (long tail = pfn + 1; tail < pfn + (1L << order); tail++) {
                pages.clear(tail);
            }
        }
        takeBack(pfn, order);
        zone(pfn).free(cpus.current(), pfn, order);
        ram.give(1L << order);
    }

    private String notThat(long pfn, int order) {
        return isAllocated(pfn)
                ? " was allocated with order " + pages.order(pfn) + ", not " + order
                : " is not allocated";
    }

    /** Makes single pages of an allocated block that is no compound page: split_page. */
    public void split(long pfn) {
        gate.pass();
        if (!isAllocated(pfn) || isCompound(pfn)) {
            log.warn("BUG: Bad page state: page frame " + pfn + " cannot be split");
            return;
        }
        int order = pages.order(pfn);
        long end = pfn + (1L << order);
        owners.split(pfn, order);
        for (long page = pfn; page < end; page++) {
            pages.set(page, Vmemmap.USED, 0);
            pages.setOwner(page, 0);
        }
    }

    /** Whether a page is the first of an allocated block. */
    public boolean isAllocated(long pfn) {
        gate.pass();
        return isFrame(pfn) && pages.state(pfn) == Vmemmap.USED;
    }

    /** Whether an allocated block is a compound page of more than one. */
    private boolean isCompound(long pfn) {
        return pages.order(pfn) > 0 && pages.state(pfn + 1) == Vmemmap.TAIL;
    }

    /**
     * The first page of the allocated block that a page belongs to: compound_head. A page that is
     * no tail of a compound page is its own.
     */
    public long head(long pfn) {
        gate.pass();
        return isFrame(pfn) && pages.state(pfn) == Vmemmap.TAIL ? pages.prev(pfn) : pfn;
    }

    /** The order with which a block was allocated whose first page this is: compound_order. */
    public int order(long pfn) {
        gate.pass();
        return pages.order(pfn);
    }

    /** What the owner of an allocated block has noted with its first page; 0 if nothing yet. */
    public long owner(long pfn) {
        gate.pass();
        return pages.owner(pfn);
    }

    /**
     * Notes something with the first page of an allocated block, for as long as it is allocated.
     */
    public void setOwner(long pfn, long owner) {
        gate.pass();
        pages.setOwner(pfn, owner);
    }

    /** Pages of RAM, whose page frame numbers begin at 0: totalram_pages. */
    public long total() {
        return pages.pages();
    }

    /** What a report says of a page; null where RAM has none of that number. */
    PageRegion dump(long pfn) {
        return !gate.isClosed() && isFrame(pfn) ? dump.of(pfn) : null;
    }

    /** Whether RAM has such a page: pfn_valid. */
    boolean isFrame(long pfn) {
        return pfn >= 0 && pfn < ram.total();
    }

    /** The kernel address of a page in the direct map: page_address. */
    public long address(long pfn) {
        return map.address(pfn);
    }

    /** The page that an address of the direct map is in: virt_to_page; NO_PAGE elsewhere. */
    public long pfn(long addr) {
        return map.window().contains(addr) ? map.pfn(addr) : NO_PAGE;
    }

    /** Free blocks of an order: /proc/buddyinfo, without what CPUs keep at hand. */
    public long freeBlocks(int order) {
        return dma32.blocks(order) + normal.blocks(order);
    }

    /** Tells of every violation, while nothing else happens; the pages that are in use. */
    long check(Consumer<String> violations) {
        return dma32.check(violations) + normal.check(violations);
    }

    /** The host address of a page in the direct map. */
    long hostAddress(long pfn) {
        return map.window().toHost(map.address(pfn));
    }

    void close() {
        kasan.close();
        pages.release();
    }
}
