package org.jkasan.samples.testvmalloc;

import java.util.Arrays;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.PageFrames;
import org.jkasan.mm.VmallocRequest;
import org.jkasan.mm.VmapRam;

/** Maps the same pages again and again: vm_map_ram_test. */
final class MapRam implements TestBody {

    private final TestContext context;
    private final long[] pfns;

    MapRam(TestContext context) {
        this.context = context;
        this.pfns = new long[Math.max(1, context.pages())];
        Arrays.fill(pfns, PageFrames.NO_PAGE);
    }

    @Override
    public boolean prepare() {
        for (int i = 0; i < pfns.length; i++) {
            pfns[i] = context.kernel().frames().alloc();
            if (pfns[i] == PageFrames.NO_PAGE) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean loop() {
        VmapRam vmapRam = context.kernel().vmapRam();
        KernelMemory memory = context.kernel().memory();
        for (int i = 0; i < context.loops(); i++) {
            long addr = vmapRam.vmMapRam(pfns, pfns.length, VmallocRequest.ANY_NODE);
            if (addr == 0) {
                return false;
            }
            memory.storeByte(addr, (byte) 'a');
            vmapRam.vmUnmapRam(addr, pfns.length);
        }
        return true;
    }

    @Override
    public void cleanUp() {
        for (long pfn : pfns) {
            if (pfn != PageFrames.NO_PAGE) {
                context.kernel().frames().free(pfn);
            }
        }
    }
}
