package org.jkasan.bench.mutant;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;

/** Plants bugs, and counts which are found: two JVMs, with the agent and without. */
public final class Mutants {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Mutants() {}

    /**
     * What became of the mutants.
     *
     * @param every takes every so many of them
     * @param classPath where this code is
     * @throws IllegalStateException where a JVM fails, or an unmutated program does not run well
     */
    public static Summary run(Jdk jdk, Path agent, Path classPath, int every) {
        List<Outcome> plain = outcomes(child(jdk), classPath, every);
        List<Outcome> kasan = outcomes(child(jdk).agent(agent), classPath, every);
        List<Suite.Mutant> mutants = Suite.mutants(every);
        int programs = Suite.all().size();
        if (plain.size() != programs + mutants.size() || kasan.size() != plain.size()) {
            throw new IllegalStateException("A JVM has not run all mutants.");
        }
        for (Outcome clean : plain.subList(0, programs)) {
            if (clean.end() != Outcome.End.FINE || !clean.where().isEmpty() || clean.left()) {
                throw new IllegalStateException("An unmutated program goes wrong: " + clean);
            }
        }
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < mutants.size(); i++) {
            int at = programs + i;
            judged.add(new Judged(mutants.get(i), plain.get(at), kasan.get(at)));
        }
        Matrix matrix = new Matrix(judged, kasan.subList(0, programs));
        return new Summary(
                matrix.found(), matrix.foundByKasan(), matrix.falseReports(), matrix.text());
    }

    /**
     * The figures, and the matrix as text.
     *
     * @param found of the mutants whose bug was executed, how many were found at its line: by a
     *     report, the leak check or an oops, in percent
     * @param foundByKasan the same without those that only an oops showed
     * @param falseReports reports where nothing bad was done
     */
    public record Summary(double found, double foundByKasan, long falseReports, String text) {}

    private static ChildJvm child(Jdk jdk) {
        ChildJvm child =
                ChildJvm.on(jdk)
                        .options("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .options("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED")
                        .patience(PATIENCE);
        return jdk.feature() < 22 ? child : child.options("--enable-native-access=ALL-UNNAMED");
    }

    private static List<Outcome> outcomes(ChildJvm child, Path classPath, int every) {
        JvmResult result =
                child.main(List.of(classPath), MutantRun.class.getName(), String.valueOf(every))
                        .run();
        if (result.status() != 0) {
            throw new IllegalStateException("A JVM with mutants failed with " + result);
        }
        return result.outLines().stream().map(Outcome::parse).toList();
    }
}
