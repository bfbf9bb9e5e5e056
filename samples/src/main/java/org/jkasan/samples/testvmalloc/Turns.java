package org.jkasan.samples.testvmalloc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Phaser;
import java.util.stream.Collectors;
import org.jkasan.Kasan;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;

/**
 * What a child JVM of the table does: it waits for its turns, each a line that names a test, the
 * number of workers, how often to repeat what it repeats, and a seed, and answers with a line that
 * has for each worker whether it passed, and nanoseconds outside of and in the loop. At the end of
 * its input it ends; before that, {@link #REPORTS} asks how often KASAN reported something.
 */
final class Turns {

    static final String READY = "ready";
    static final String REPORTS = "reports";

    private static final String BETWEEN_WORKERS = ";";

    private Turns() {}

    /** Serves turns until nobody asks for more. */
    static void serve(InputStream in, PrintStream out) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try (Kernel kernel = Kernel.boot(Kconfig.defaults().withCpus(TableRun.CPUS))) {
            out.println(READY);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(answer(kernel, line));
            }
        }
    }

    private static String answer(Kernel kernel, String line) {
        if (line.equals(REPORTS)) {
            return String.valueOf(Kasan.stats().reports() + Kasan.stats().repeats());
        }
        String[] words = line.split(" ");
        VmallocTest test = VmallocTest.valueOf(words[0]);
        int workers = Integer.parseInt(words[1]);
        int times = Integer.parseInt(words[2]);
        int seed = Integer.parseInt(words[3]);
        Phaser meeting = new Phaser(workers);
        return Workers.together(
                        workers,
                        number ->
                                () -> {
                                    kernel.tasks().bind(number);
                                    SplittableRandom random =
                                            new SplittableRandom(seed * workers + number);
                                    return run(
                                            test,
                                            new TestContext(kernel, times, 0, false, random),
                                            meeting);
                                })
                .stream()
                .map(run -> run.passed() + " " + run.aroundNanos() + " " + run.loopNanos())
                .collect(Collectors.joining(BETWEEN_WORKERS));
    }

    /**
     * A test once, or, where it has no loop, as often as a loop would go round, together. Workers
     * meet before and behind their loops: the kernel's are in them for minutes, next to which all
     * else takes no time, but a short one would run beside what another worker prepares.
     */
    private static TestRun run(VmallocTest test, TestContext context, Phaser meeting) {
        try {
            if (test.hasLoop()) {
                return TestRun.of(test.body(context), meeting::arriveAndAwaitAdvance);
            }
            TestRun run = TestRun.of(test.body(context));
            for (int pass = 1; pass < context.loops(); pass++) {
                run = run.and(TestRun.of(test.body(context)));
            }
            return run;
        } finally {
            // Nobody waits for a worker that failed.
            meeting.arriveAndDeregister();
        }
    }

    /** The line that asks for a turn. */
    static String question(VmallocTest test, int workers, int times, int seed) {
        return test + " " + workers + " " + times + " " + seed;
    }

    /** What the answer says, for each worker. */
    static List<TestRun> runs(String answer) {
        return List.of(answer.split(BETWEEN_WORKERS)).stream().map(Turns::run).toList();
    }

    private static TestRun run(String text) {
        String[] words = text.split(" ");
        return new TestRun(
                Boolean.parseBoolean(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
