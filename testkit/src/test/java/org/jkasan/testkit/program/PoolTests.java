package org.jkasan.testkit.program;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jkasan.kernel.Kernel;
import org.jkasan.testkit.BootKernel;
import org.jkasan.testkit.KasanTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A pool whose one thread is started by the first test. */
@KasanTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PoolTests {

    private static final ExecutorService POOL = Executors.newSingleThreadExecutor();

    private static void onPool(Runnable code) throws Exception {
        POOL.submit(code).get();
    }

    @Test
    @Order(1)
    void startsIt() throws Exception {
        onPool(() -> {});
    }

    @Test
    @Order(2)
    void usesIt(@BootKernel(mem = "16M") Kernel kernel) throws Exception {
        onPool(() -> Bugs.overflow(kernel));
    }

    @AfterAll
    static void afterwards() throws Exception {
        try (Kernel kernel = Kernel.boot()) {
            onPool(() -> Bugs.useAfterFree(kernel));
        }
        POOL.shutdown();
    }
}
