package org.jkasan.samples.testvmalloc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.samples.Samples;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.LiveJvm;

/** A child JVM that runs the tests in one configuration when it is its turn. For one thread. */
final class Contestant implements AutoCloseable {

    private final Configuration configuration;
    private final LiveJvm jvm;

    /** Starts the JVM and returns before it is ready. */
    Contestant(Configuration configuration, Path samples, Path agent) {
        this.configuration = configuration;
        ChildJvm child = ChildJvm.on(Jdks.running()).options(options());
        if (configuration.hasAgent()) {
            child.agent(agent, configuration.agentArguments());
        }
        this.jvm =
                child.main(
                                List.of(samples),
                                Samples.class.getName(),
                                TestVmalloc.NAME,
                                TestVmalloc.TURNS)
                        .start();
    }

    private static String[] options() {
        List<String> options = new ArrayList<>();
        // Code that waits for the compiler would be measured interpreted, and the compiler would
        // work in another's turn.
        options.add("-XX:-BackgroundCompilation");
        options.add("-Xmx1g");
        options.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        if (Jdks.running().feature() >= 22) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        return options.toArray(String[]::new);
    }

    Configuration configuration() {
        return configuration;
    }

    /** Waits until it can take its first turn. */
    void awaitReady() {
        String line = jvm.hear();
        if (!line.equals(Turns.READY)) {
            throw new IllegalStateException("A child JVM said " + line + "\n" + jvm.err());
        }
    }

    /**
     * Runs a test in so many workers.
     *
     * @param times how often its loop goes round, or, without one, all of it is run
     * @throws IllegalStateException where it fails and should not
     */
    List<TestRun> run(VmallocTest test, int workers, int times, int seed) {
        jvm.say(Turns.question(test, workers, times, seed));
        List<TestRun> runs = Turns.runs(jvm.hear());
        if (!test.isExpectedToFail() && !runs.stream().allMatch(TestRun::passed)) {
            throw new IllegalStateException(test.key() + " failed; the kernel said:\n" + jvm.err());
        }
        return runs;
    }

    /**
     * Sees to it that KASAN reported nothing.
     *
     * @throws IllegalStateException if it did
     */
    void requireNoReports() {
        jvm.say(Turns.REPORTS);
        String reports = jvm.hear();
        if (!reports.equals("0")) {
            throw new IllegalStateException(
                    "KASAN reported bad accesses in the tests: " + reports + "\n" + jvm.err());
        }
    }

    @Override
    public void close() {
        jvm.close();
    }
}
