package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelOops;
import org.jkasan.report.KasanError;

/**
 * What one of the module's threads does: it runs all tests one after the other.
 *
 * @param bodies what the tests do
 * @param number its CPU's, unless the workers are bound to none
 */
record Worker(
        Kernel kernel,
        Parameters parameters,
        BiFunction<VmallocTest, TestContext, TestBody> bodies,
        int number)
        implements Callable<WorkerResult> {

    /** Runs the tests in as many workers as the parameters ask for. */
    static List<WorkerResult> runAll(
            Kernel kernel,
            Parameters parameters,
            BiFunction<VmallocTest, TestContext, TestBody> bodies) {
        int workers = parameters.workers(kernel.percpu().cpus());
        return Workers.together(workers, number -> new Worker(kernel, parameters, bodies, number));
    }

    /** Numbers at random are the same ones each time, so that runs can be compared. */
    @Override
    public WorkerResult call() {
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
            return TestRun.of(bodies.apply(test, context));
        } catch (KernelOops oops) {
            oops.lines().forEach(kernel.printk()::print);
        } catch (KasanError reported) {
            kernel.printk().print(test.key() + " ended by " + reported.getMessage());
        }
        return new TestRun(false, 0, 0);
    }
}
