package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.slab.KmemCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelLeaksTest {

    private final Kernel kernel =
            Kernel.boot(
                    Kconfig.defaults().withMem(32 << 20).withCpus(2).withVmallocSize(64 << 20),
                    new Printk(line -> {}));

    private final KernelLeaks leaks = KernelLeaks.from(kernel);

    @AfterEach
    void closeKernel() {
        kernel.close();
    }

    @Test
    void whatIsFreed_isNoLeak() {
        long small = kernel.kmalloc().kmalloc(40);
        long large = kernel.kmalloc().kmalloc(100_000);
        long area = kernel.vmalloc().vmalloc(5000);
        long framed = kernel.vmalloc().vmallocUser(9000);
        long huge = kernel.vmalloc().vmallocHuge(2 << 20);
        long pfn = kernel.frames().alloc(Gfp.KERNEL, 2);
        long page = kernel.frames().alloc();
        long mapping = kernel.vmap().vmap(page);
        long ram = kernel.vmapRam().vmMapRam(new long[] {page}, 1, 0);
        long percpu = kernel.percpu().allocPercpu(8, 8);
        KmemCache cache = kernel.slab().create("own", 100);
        long object = cache.alloc();
        assertThat(leaks.find()).hasSize(10);

        kernel.kmalloc().kfree(small);
        kernel.kmalloc().kfree(large);
        kernel.vmalloc().vfree(area);
        kernel.interrupt(() -> kernel.vmalloc().vfree(framed));
        kernel.vmalloc().vfree(huge);
        kernel.frames().free(pfn, 2);
        kernel.vmap().vunmap(mapping);
        kernel.vmapRam().vmUnmapRam(ram, 1);
        kernel.frames().free(page);
        kernel.percpu().freePercpu(percpu);
        cache.free(object);
        cache.destroy();
        try (KernelTask task = kernel.tasks().create("gone")) {
            task.enter("work").close();
        }

        assertThat(leaks.find()).isEmpty();
    }

    @Test
    void eachKind_isNamed() {
        long area = kernel.vmalloc().vmalloc(5000);
        kernel.kmalloc().kmalloc(40);
        kernel.frames().alloc(Gfp.KERNEL, 2);
        kernel.tasks().create("left");

        List<String> found = leaks.find();

        assertThat(found).hasSize(4);
        assertThat(found.get(0)).isEqualTo("area of 5000 bytes at " + Long.toHexString(area));
        assertThat(found.get(1)).startsWith("object of kmalloc-64 of 64 bytes at ffff888");
        assertThat(found.get(2)).startsWith("task left with stack of 16384 bytes at ");
        assertThat(found.get(3)).isEqualTo("4 pages of RAM");
    }

    @Test
    void whatWasThereBefore_isNoLeak() {
        kernel.vmalloc().vmalloc(5000);

        assertThat(KernelLeaks.from(kernel).find()).isEmpty();
    }
}
