package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.jkasan.InThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports in the midst of what others allocate and free. */
class ManyReportsTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 40;
    private static final int BAD_ACCESSES = 2;
    private static final String RULE = "=".repeat(66) + "\n";

    /** A deadlock ends in the time-out, and nothing else does. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void reportsAmongAllocations_areWholeAndNeverDeadlock() throws InterruptedException {
        try (TestKernel test = TestKernel.withKasan(TestKernel.small().withCpus(2))) {
            InThreads.run(THREADS, () -> allocateAndErr(test));
            assertThat(test.reports())
                    .hasSize(THREADS * ROUNDS * BAD_ACCESSES)
                    .allMatch(text -> text.startsWith(RULE) && text.endsWith(RULE))
                    .allMatch(text -> text.split("BUG: KASAN: ").length == 2)
                    .noneMatch(text -> text.contains("could not be described"));
        }
    }

    private static void allocateAndErr(TestKernel test) {
        Kernel kernel = test.kernel;
        for (int i = 0; i < ROUNDS; i++) {
            long object = kernel.kmalloc().kmalloc(100);
            long area = kernel.vmalloc().vmalloc(100);
            long pfn = kernel.frames().alloc();
            test.read(object + 100);
            test.read(area + 100);
            kernel.frames().free(pfn);
            kernel.vmalloc().vfree(area);
            kernel.kmalloc().kfree(object);
        }
    }
}
