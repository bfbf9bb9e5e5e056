package org.jkasan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jkasan.bench.programs.Load;
import org.jkasan.bench.programs.ProgramMain;
import org.jkasan.bench.turn.Turns;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.jkasan.samples.launch.MavenJars;

/**
 * A program in two JVMs at once, without the agent and with it, which take turns run by run.
 * Several rows are about the same runs, so what they gave is kept for each JDK.
 */
final class ProgramPair {

    private final Load load;
    private final Map<Jdk, Ratios> known = new HashMap<>();

    ProgramPair(Load load) {
        this.load = load;
    }

    Load load() {
        return load;
    }

    /**
     * Runs both, if they did not run yet.
     *
     * @throws MeasurementException where Maven does not have the program, or it fails
     */
    Ratios ratios(Bed bed) {
        return known.computeIfAbsent(bed.jdk(), jdk -> measure(bed));
    }

    private Ratios measure(Bed bed) {
        List<Path> classPath = new ArrayList<>(jars());
        classPath.add(AgentJar.here());
        try (Turns turns = new Turns()) {
            CompletableFuture<ProgramTimes> base = start(bed, turns, Kasan.ABSENT, classPath);
            CompletableFuture<ProgramTimes> measured = start(bed, turns, Kasan.ON, classPath);
            Ratios ratios = Ratios.of(times(base), times(measured));
            bed.step().run();
            return ratios;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> jars() {
        try {
            return MavenJars.resolve(load.coordinates());
        } catch (IllegalStateException e) {
            throw new MeasurementException(e.getMessage(), e);
        }
    }

    private CompletableFuture<ProgramTimes> start(
            Bed bed, Turns turns, Kasan kasan, List<Path> classPath) {
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

    /** The agent's times over those without it. */
    record Ratios(Estimate steadyCpu, Estimate steadyWall, Estimate wholeCpu, Estimate wholeWall) {

        static Ratios of(ProgramTimes base, ProgramTimes measured) {
            return new Ratios(
                    Estimate.median(ProgramTimes.steady(base.cpu(), measured.cpu())),
                    Estimate.median(ProgramTimes.steady(base.wall(), measured.wall())),
                    whole(base.cpu(), measured.cpu()),
                    whole(base.wall(), measured.wall()));
        }

        private static Estimate whole(double[] base, double[] measured) {
            return Estimate.median(ProgramTimes.whole(measured) / ProgramTimes.whole(base));
        }
    }
}
