package org.jkasan.testkit.program;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jkasan.kernel.Kernel;
import org.jkasan.testkit.BootKernel;
import org.jkasan.testkit.KasanTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Four tests that are in their midst at the same time, of which every second has a bug. */
@KasanTest
class ParallelTests {

    private static final int TESTS = 4;
    private static final CyclicBarrier ALL = new CyclicBarrier(TESTS);

    @RepeatedTest(TESTS)
    void test(@BootKernel(mem = "16M") Kernel kernel, RepetitionInfo info) throws Exception {
        ALL.await(1, TimeUnit.MINUTES);
        if (info.getCurrentRepetition() % 2 == 0) {
            Bugs.onThread(() -> Bugs.overflow(kernel));
        }
        ALL.await(1, TimeUnit.MINUTES);
    }
}
