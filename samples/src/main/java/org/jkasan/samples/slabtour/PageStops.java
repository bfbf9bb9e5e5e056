package org.jkasan.samples.slabtour;

import java.nio.ByteBuffer;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.Gfp;

/** Mistakes with pages, sizes, static variables, and areas of vmalloc space. */
final class PageStops {

    private PageStops() {}

    /** A page that went back to the page allocator. */
    static void pageThatWasFreed(Kernel kernel) {
        long pfn = kernel.frames().alloc(Gfp.KERNEL.zeroed(), 0);
        long page = kernel.frames().address(pfn);
        kernel.frames().free(pfn);
        kernel.memory().storeLong(page, 1); // BUG: use-after-free
    }

    /** A length that was computed as less than nothing, and counts as almost all memory then. */
    static void sizeBelowZero(Kernel kernel) {
        long packet = kernel.kmalloc().kzalloc(64);
        int length = 14 - 16;
        kernel.memory().memset(packet, 0, length); // BUG: out-of-bounds
        kernel.kmalloc().kfree(packet);
    }

    /** A table of ten entries, and an index of ten. */
    static void pastAVariable(Kernel kernel) {
        ByteBuffer days = kernel.globals().buffer("days", 10);
        int index = 10;
        days.get(index); // BUG: global-out-of-bounds
    }

    /** The first byte behind an area's 3,000, in the middle of its only page. */
    static void pastAnArea(Kernel kernel) {
        long log = kernel.vmalloc().vmalloc(3_000);
        kernel.memory().loadByte(log + 3_000); // BUG: vmalloc-out-of-bounds
        kernel.vmalloc().vfree(log);
    }

    /** A buffer that outlives its memory. */
    static void areaThatWasFreed(Kernel kernel) {
        ByteBuffer firmware = kernel.vmalloc().vzallocBuffer(5_000);
        kernel.vmalloc().vfree(firmware);
        firmware.getInt(0); // BUG: vmalloc-use-after-free
    }
}
