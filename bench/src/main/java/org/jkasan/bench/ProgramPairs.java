package org.jkasan.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jkasan.bench.programs.Load;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.MavenJars;

/**
 * A program in several pairs of JVMs, one after the other: what C2 compiles when, and with what
 * profile, differs from one JVM to the next by more than the agent costs. Several rows are about
 * the same runs, so what they gave is kept for each JDK.
 */
final class ProgramPairs {

    private final Load load;
    private final Map<Jdk, ProgramRatios> known = new HashMap<>();

    ProgramPairs(Load load) {
        this.load = load;
    }

    Load load() {
        return load;
    }

    /**
     * Runs all, if they did not run yet; each JVM of a pair starts first in every other.
     *
     * @throws MeasurementException where Maven does not have the program, or it fails
     */
    ProgramRatios ratios(Bed bed) {
        return known.computeIfAbsent(bed.jdk(), jdk -> measure(bed));
    }

    private ProgramRatios measure(Bed bed) {
        List<Path> classPath = new ArrayList<>(jars());
        classPath.add(AgentJar.here());
        ProgramPair pair = new ProgramPair(bed, load, classPath);
        List<ProgramPair.Times> times = new ArrayList<>();
        long start = System.nanoTime();
        do {
            times.add(pair.run(times.size() % 2 != 0));
            bed.step().run();
        } while (!bed.pairs().suffices(times.size(), Duration.ofNanos(System.nanoTime() - start)));
        return ProgramRatios.of(times);
    }

    private List<Path> jars() {
        try {
            return MavenJars.resolve(load.coordinates());
        } catch (IllegalStateException e) {
            throw new MeasurementException(e.getMessage(), e);
        }
    }
}
