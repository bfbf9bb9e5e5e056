package org.jkasan.shadow;

import org.jkasan.host.HostMemory;

/** What the reservation of a shadow is made of, and where in it each part lies. */
final class ShadowReservation {

    /*
     *   -SLACK     0                                    TO_LINES       TO_PAGES
     *   |  slack   |  a byte for each granule  |  slack  |  ShadowLines  |  WatchedPages  |
     *              the shadow byte of address 0
     */

    /** Shadow of 16 GiB: 2^31 elements of 8 bytes. */
    private static final long SLACK = 1L << 31;

    /** From the shadow byte of address 0 to the mark of its line. */
    static final long TO_LINES = (Shadow.ADDRESS_LIMIT >>> Shadow.SCALE_SHIFT) + SLACK;

    /** The same to the byte of its page. */
    static final long TO_PAGES = TO_LINES + ShadowLines.bytes(Shadow.ADDRESS_LIMIT);

    private static final long GIB = 1L << 30;

    /** Whole pages of any size, and a figure that the message of a refusal can say. */
    private static final long BYTES =
            SLACK + TO_PAGES + WatchedPages.bytes(Shadow.ADDRESS_LIMIT) + GIB - 1 & -GIB;

    private ShadowReservation() {}

    /** Reserves one; returns the host address of the shadow byte of address 0. */
    static long on(HostMemory host) {
        return host.reserve(BYTES, host.pageSize(), "the shadow") + SLACK;
    }

    static void release(HostMemory host, long base) {
        host.release(base - SLACK, BYTES);
    }
}
