package org.jkasan.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jkasan.samples.launch.Jdk;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One JVM in which JMH runs one benchmark, alone. */
final class JmhFork {

    static {
        // The lock is for users who start JMH twice by mistake; two forks in turn are meant.
        System.setProperty("jmh.ignoreLock", "true");
    }

    private final Bed bed;
    private final Trial trial;
    private final List<String> options;

    /**
     * A fork yet to run.
     *
     * @param options further options of the JVM
     */
    JmhFork(Bed bed, Trial trial, String... options) {
        this.bed = bed;
        this.trial = trial;
        this.options = new ArrayList<>(ownOptions(bed.jdk()));
        this.options.addAll(trial.kasan().options(bed));
        this.options.addAll(List.of(options));
    }

    /**
     * Starts the JVM and waits for its end.
     *
     * @return nanoseconds for an operation, of each iteration in order
     * @throws MeasurementException where the JVM or the benchmark fails
     */
    double[] scores() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(log, false, StandardCharsets.UTF_8)) {
            Runner runner =
                    new Runner(
                            jmhOptions(),
                            OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL));
            return scores(runner.run());
        } catch (RunnerException e) {
            throw new MeasurementException(
                    "JMH's fork failed ("
                            + e.getMessage()
                            + "); it wrote:\n"
                            + log.toString(StandardCharsets.UTF_8),
                    e);
        }
    }

    private Options jmhOptions() {
        Effort effort = bed.effort();
        ChainedOptionsBuilder builder = new OptionsBuilder();
        trial.parameters().forEach(builder::param);
        return builder.include("^" + Pattern.quote(trial.benchmark()) + "$")
                .jvm(bed.jdk().java().toString())
                .jvmArgs(options.toArray(String[]::new))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupForks(0)
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iterationMillis()))
                .shouldFailOnError(true)
                .build();
    }

    private static double[] scores(Collection<RunResult> results) {
        return results.stream()
                .flatMap(result -> result.getBenchmarkResults().stream())
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(result -> result.getScore())
                .toArray();
    }

    /** What every measurement runs with: the model without the agent needs the JDK's internals. */
    static List<String> ownOptions(Jdk jdk) {
        List<String> options = new ArrayList<>();
        // Else code that waits for the compiler on a busy machine would be measured interpreted.
        options.add("-XX:-BackgroundCompilation");
        options.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        if (jdk.feature() >= 22) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        if (jdk.feature() >= 24) {
            // JMH asks the public Unsafe for field offsets, of which the JDK warns.
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }
}
