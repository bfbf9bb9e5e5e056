package org.jkasan.mm;

import static org.jkasan.mm.Vmemmap.CACHED;
import static org.jkasan.mm.Vmemmap.NO_PAGE;
import static org.jkasan.mm.Vmemmap.USED;

/**
 * Free single pages at hand for one CPU: the kernel's per_cpu_pages. The page freed last is the
 * next to be allocated. The lock is the caller's.
 */
final class CpuPages {

    private final Vmemmap pages;
    private long head = NO_PAGE;
    private int count;

    CpuPages(Vmemmap pages) {
        this.pages = pages;
    }

    int count() {
        return count;
    }

    void push(long pfn) {
        pages.set(pfn, CACHED, 0);
        pages.setNext(pfn, head);
        head = pfn;
        count++;
    }

    /** A page that is in use from here on; NO_PAGE if none is left. */
    long pop() {
        long pfn = head;
        if (pfn != NO_PAGE) {
            head = pages.next(pfn);
            count--;
            pages.set(pfn, USED, 0);
            pages.setOwner(pfn, 0);
        }
        return pfn;
    }

    /** Whether list, count and table agree. */
    boolean isSound() {
        int listed = 0;
        for (long pfn = head; pfn != NO_PAGE && listed <= count; pfn = pages.next(pfn)) {
            if (pages.state(pfn) != CACHED) {
                return false;
            }
            listed++;
        }
        return listed == count;
    }
}
