package org.jkasan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jkasan.bench.programs.Load;
import org.jkasan.bench.programs.ProgramMain;
import org.jkasan.bench.turn.Turns;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.JvmResult;

/**
 * A program in two JVMs, without the agent and with it, which take turns run by run. The second
 * starts when the first has its input, so that no start has to share the machine with another.
 */
record ProgramPair(Bed bed, Load load, List<Path> classPath) {

    /** What both took. */
    record Times(ProgramTimes base, ProgramTimes measured) {}

    /**
     * Runs both.
     *
     * @param agentFirst which of them starts first, and has the first turn
     * @throws MeasurementException where the program fails
     */
    Times run(boolean agentFirst) {
        try (Turns turns = new Turns()) {
            CompletableFuture<ProgramTimes> first = start(turns, agentFirst);
            turns.awaitFirst();
            CompletableFuture<ProgramTimes> second = start(turns, !agentFirst);
            return agentFirst
                    ? new Times(times(second), times(first))
                    : new Times(times(first), times(second));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new MeasurementException("The measurement was interrupted.", e);
        }
    }

    private CompletableFuture<ProgramTimes> start(Turns turns, boolean withAgent) {
        Kasan kasan = withAgent ? Kasan.ON : Kasan.ABSENT;
        ChildJvm jvm =
                ChildJvm.on(bed.jdk())
                        .options("-Xmx1g", "-XX:+UseSerialGC", turns.option())
                        .options(kasan.options(bed).toArray(String[]::new))
                        .patience(Duration.ofMinutes(10))
                        .main(
                                classPath,
                                ProgramMain.class.getName(),
                                load.name(),
                                String.valueOf(bed.effort().programRuns()));
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        JvmResult result = jvm.run();
                        if (result.status() != 0) {
                            throw new MeasurementException(load + " failed with " + result);
                        }
                        return ProgramTimes.parse(result.outLines());
                    } finally {
                        turns.waitForNobody();
                    }
                },
                work -> new Thread(work, "program").start());
    }

    private static ProgramTimes times(CompletableFuture<ProgramTimes> program) {
        try {
            return program.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof MeasurementException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
