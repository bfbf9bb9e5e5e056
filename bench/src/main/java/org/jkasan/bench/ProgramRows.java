package org.jkasan.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jkasan.bench.programs.Load;

/** The rows on whole programs, every class of which is checked. */
final class ProgramRows {

    private static final String AREA = "programs";

    /** What a program may cost more when it is warm, and all of them in the mean. */
    private static final double STEADY = 1.15;

    private static final double MEAN = 1.05;

    /** The same from the start of its JVM to the end. */
    private static final double WHOLE = 1.20;

    static final List<Row> ROWS = rows();

    private ProgramRows() {}

    private static List<Row> rows() {
        List<ProgramPairs> programs = Arrays.stream(Load.values()).map(ProgramPairs::new).toList();
        List<Row> rows = new ArrayList<>();
        for (ProgramPairs program : programs) {
            String title = program.load().title();
            rows.add(
                    new ProgramRow(
                            goal(title + ", CPU", STEADY), program, ProgramRatios::steadyCpu));
            rows.add(new ProgramRow(informs(title + ", wall"), program, ProgramRatios::steadyWall));
            rows.add(
                    new ProgramRow(
                            goal(title + ", whole, CPU", WHOLE), program, ProgramRatios::wholeCpu));
            rows.add(
                    new ProgramRow(
                            informs(title + ", whole, wall"), program, ProgramRatios::wholeWall));
        }
        rows.add(
                new GeometricMean(
                        goal("geometric mean, CPU", MEAN),
                        programs,
                        ratios -> ratios.steadyCpu().value()));
        rows.add(
                new GeometricMean(
                        informs("geometric mean, wall"),
                        programs,
                        ratios -> ratios.steadyWall().value()));
        return List.copyOf(rows);
    }

    private static Goal goal(String name, double target) {
        return Goal.ratioAtMost(name, AREA, target);
    }

    private static Goal informs(String name) {
        return Goal.informs(name, AREA, Goal.RATIO);
    }
}
