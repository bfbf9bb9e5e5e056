package org.jkasan.bench.programs;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Netty's own microbenchmarks of buffers and codecs: a fixed number of calls of some of them. */
final class Netty implements Workload {

    private static final int CALLS = 500_000;

    private final Options options =
            new OptionsBuilder()
                    .include("\\.ByteBufAccessBenchmark\\.")
                    .include("\\.HpackDecoderBenchmark\\.")
                    .include("\\.ByteBufUtilBenchmark\\.write(AsciiString|Utf8StringViaArray)$")
                    .param("checkBounds", "true")
                    .param("checkAccessible", "true")
                    .param("limitToAscii", "true")
                    .param("sensitive", "true")
                    .param("size", "MEDIUM")
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementBatchSize(CALLS)
                    .forks(0)
                    .verbosity(VerboseMode.SILENT)
                    .build();

    Netty() {
        // two JVMs take turns, and each would wait for the other's lock
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Override
    public void run() throws RunnerException {
        if (new Runner(options).run().isEmpty()) {
            throw new IllegalStateException("There are no benchmarks of Netty.");
        }
    }
}
