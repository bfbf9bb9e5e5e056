package org.jkasan.mm;

import org.jkasan.report.PageOwner;

/** Who allocated and who freed which page of RAM: the kernel's page owner. Thread-safe. */
interface PageOwners {

    /** Keeps nothing: page_owner=off. */
    PageOwners NONE =
            new PageOwners() {
                @Override
                public void allocated(long pfn, int order) {}

                @Override
                public void freed(long pfn, int order) {}

                @Override
                public void split(long pfn, int order) {}

                @Override
                public PageOwner of(long pfn) {
                    return null;
                }
            };

    /** Notes that the current task allocates a block, which is still its own. */
    void allocated(long pfn, int order);

    /** Notes that the current task frees a block, which is still its own. */
    void freed(long pfn, int order);

    /** Notes that the pages of an allocated block are single pages from now on. */
    void split(long pfn, int order);

    /** What is kept of a page; null if nothing is. Waits for nobody. */
    PageOwner of(long pfn);
}
