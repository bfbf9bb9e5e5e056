package org.jkasan.samples.kasantest;

import org.jkasan.mm.Gfp;
import org.jkasan.mm.PageFrames;

/** Pages of the page allocator. */
final class PageCases extends Cases {

    PageCases(Machine machine) {
        super(machine);
    }

    void uaf() {
        int order = 4;
        PageFrames frames = kernel.frames();
        long pfn = frames.alloc(Gfp.KERNEL, order);
        test.isTrue(pfn != PageFrames.NO_PAGE, "that there are 16 pages");
        long ptr = frames.address(pfn);
        frames.free(pfn, order);
        test.fails(() -> memory.loadByte(ptr), pageUseAfterFree(READ, 1, ptr, 0));
    }
}
