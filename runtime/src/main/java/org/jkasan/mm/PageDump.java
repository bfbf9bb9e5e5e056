package org.jkasan.mm;

import java.util.Optional;
import org.jkasan.report.PageRegion;

/**
 * What a report says of a page of RAM: dump_page. It takes no lock, so of a page that is allocated
 * or freed meanwhile it may say what was true a moment before.
 */
final class PageDump {

    private final Vmemmap pages;
    private final PageOwners owners;
    private final long firstOfNormal;

    /**
     * A dump of pages.
     *
     * @param firstOfNormal the first page frame number of the zone NORMAL
     */
    PageDump(Vmemmap pages, PageOwners owners, long firstOfNormal) {
        this.pages = pages;
        this.owners = owners;
        this.firstOfNormal = firstOfNormal;
    }

    /** Describes a page that RAM has. */
    PageRegion of(long pfn) {
        long block = block(pfn);
        int state = block == PageFrames.NO_PAGE ? Vmemmap.NONE : pages.state(block);
        int order = block == PageFrames.NO_PAGE ? 0 : pages.order(block);
        boolean used = state == Vmemmap.USED;
        boolean compound = used && order > 0 && pages.state(block + 1) == Vmemmap.TAIL;
        return new PageRegion(
                pfn,
                used && (compound || pfn == block) ? 1 : 0,
                order,
                compound,
                pfn < firstOfNormal ? 1 : 2,
                use(state, block, pfn),
                Optional.ofNullable(owners.of(pfn)));
    }

    /** The first page of the block that a page is in; NO_PAGE if RAM there was never asked for. */
    private long block(long pfn) {
        for (int order = 0; order <= PageFrames.MAX_ORDER; order++) {
            long first = pfn & -(1L << order);
            int state = pages.state(first);
            boolean isFirst = state != Vmemmap.NONE && state != Vmemmap.TAIL;
            if (isFirst && pages.order(first) >= order) {
                return first;
            }
        }
        return PageFrames.NO_PAGE;
    }

    /** Only slabs note something with their pages. */
    private PageRegion.Use use(int state, long block, long pfn) {
        if (state == Vmemmap.USED && pages.owner(block) != 0) {
            return PageRegion.Use.SLAB;
        }
        return state == Vmemmap.FREE && block == pfn
                ? PageRegion.Use.BUDDY
                : PageRegion.Use.UNTYPED;
    }
}
