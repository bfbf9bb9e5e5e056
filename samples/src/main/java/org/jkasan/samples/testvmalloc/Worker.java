package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelOops;
import org.jkasan.report.KasanError;

/** One of the module's threads: waits for the start, and runs all tests one after the other. */
final class Worker implements Callable<WorkerResult> {

    private final Kernel kernel;
    private final Parameters parameters;
    private final int number;
    private final CountDownLatch ready;
    private final CountDownLatch start;

    /**
     * A worker to start.
     *
     * @param ready counted down when it waits for the start
     */
    Worker(
            Kernel kernel,
            Parameters parameters,
            int number,
            CountDownLatch ready,
            CountDownLatch start) {
        this.kernel = kernel;
        this.parameters = parameters;
        this.number = number;
        this.ready = ready;
        this.start = start;
    }

    /** Numbers at random are the same ones each time, so that runs can be compared. */
    @Override
    public WorkerResult call() throws InterruptedException {
        ready.countDown();
        start.await();
        if (!parameters.isSet(Parameter.NR_THREADS)) {
            kernel.tasks().bind(number);
        }
        SplittableRandom random = new SplittableRandom(number);
        List<VmallocTest> order = parameters.tests();
        if (!parameters.isSet(Parameter.SEQUENTIAL_TEST_ORDER)) {
            order = Shuffle.of(order, random);
        }
        TestContext context =
                new TestContext(
                        kernel,
                        parameters.value(Parameter.TEST_LOOP_COUNT),
                        parameters.value(Parameter.NR_PAGES),
                        parameters.isSet(Parameter.USE_HUGE),
                        random);
        long begin = System.nanoTime();
        List<TestResult> results = new ArrayList<>();
        for (VmallocTest test : order) {
            results.add(repeat(test, context));
        }
        long nanos = System.nanoTime() - begin;
        results.sort(Comparator.comparing(TestResult::test));
        return new WorkerResult(number, results, nanos);
    }

    private TestResult repeat(VmallocTest test, TestContext context) {
        TestResult result = TestResult.none(test);
        for (int i = 0; i < parameters.value(Parameter.TEST_REPEAT_COUNT); i++) {
            result = result.and(run(test, context));
        }
        return result;
    }

    private TestRun run(VmallocTest test, TestContext context) {
        try {
            return TestRun.of(test.body(context));
        } catch (KernelOops oops) {
            oops.lines().forEach(kernel.printk()::print);
        } catch (KasanError reported) {
            kernel.printk().print(test.key() + " ended by " + reported.getMessage());
        }
        return new TestRun(false, 0, 0);
    }
}
