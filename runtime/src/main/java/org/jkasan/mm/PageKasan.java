package org.jkasan.mm;

/** KASAN's part in the life of pages of RAM; addresses are host addresses in the direct map. */
interface PageKasan {

    /** A kernel without KASAN. */
    PageKasan NONE =
            new PageKasan() {
                @Override
                public void alloc(long host, long bytes) {}

                @Override
                public void free(long host, long bytes) {}

                @Override
                public void close() {}
            };

    /** Makes pages accessible: kasan_unpoison_pages. */
    void alloc(long host, long bytes);

    /** Makes pages inaccessible: kasan_poison_pages. */
    void free(long host, long bytes);

    /** Leaves no shadow of the direct map behind. */
    void close();
}
