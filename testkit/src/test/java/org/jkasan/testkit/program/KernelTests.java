package org.jkasan.testkit.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.jkasan.kernel.Kernel;
import org.jkasan.testkit.BootKernel;
import org.jkasan.testkit.ExpectReport;
import org.jkasan.testkit.KasanTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@KasanTest
class KernelTests {

    private Kernel prepared;

    @BeforeEach
    void prepare(@BootKernel(mem = "16M", cpus = 2, kasanVmalloc = true) Kernel kernel) {
        prepared = kernel;
    }

    @Test
    void clean(@BootKernel(mem = "16M", cpus = 2, kasanVmalloc = true) Kernel kernel) {
        assertSame(prepared, kernel);
        assertEquals(4096, kernel.ram().total());
        long addr = kernel.vmalloc().vmalloc(100);
        kernel.memory().storeByte(addr + 99, (byte) 1);
        kernel.vmalloc().vfree(addr);
    }

    @Test
    void overflow() {
        Bugs.overflow(prepared);
    }

    @Test
    void sameOverflowAgain() {
        Bugs.overflow(prepared);
    }

    @Test
    void onThread() {
        Bugs.onThread(() -> Bugs.onThread(() -> Bugs.overflow(prepared)));
    }

    @Test
    void inWorkqueue() {
        long work = prepared.kmalloc().kmalloc(40);
        prepared.workqueue().queue(work, () -> Bugs.overflow(prepared));
        prepared.flushWork();
        prepared.kmalloc().kfree(work);
    }

    @Test
    void overflowAndAssertion() {
        Bugs.overflow(prepared);
        assertEquals(1, 2);
    }

    @Test
    void leak() {
        prepared.kmalloc().kmalloc(40);
    }

    @Test
    void leakIsMine(@BootKernel(leaks = false) Kernel kernel) {
        kernel.kmalloc().kmalloc(40);
    }

    @Test
    void vmallocUnchecked(@BootKernel(kasanVmalloc = false) Kernel kernel) {
        Bugs.overflow(kernel);
    }

    @Test
    void expected() {
        ExpectReport.of("vmalloc-out-of-bounds")
                .at(Bugs.class, "overflow")
                .in(() -> Bugs.overflow(prepared));
        ExpectReport.of("slab-use-after-free")
                .in(() -> Bugs.onThread(() -> Bugs.useAfterFree(prepared)));
        ExpectReport.of("vmalloc-use-after-free").in(() -> Bugs.readUnmapped(prepared));
    }

    @Test
    void expectedElsewhere() {
        ExpectReport.of("vmalloc-out-of-bounds")
                .at(Bugs.class, "useAfterFree")
                .in(() -> Bugs.overflow(prepared));
    }

    @Test
    void expectedInVain() {
        ExpectReport.of("vmalloc-out-of-bounds").in(() -> prepared.flushWork());
    }

    @Test
    void expectedOnce() {
        ExpectReport.of("vmalloc-out-of-bounds")
                .in(
                        () -> {
                            Bugs.overflow(prepared);
                            Bugs.overflow(prepared);
                        });
    }
}
