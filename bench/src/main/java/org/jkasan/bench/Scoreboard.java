package org.jkasan.bench;

import java.util.ArrayList;
import java.util.List;

/** The measurements of one run as a text table, and the exit status that they amount to. */
final class Scoreboard {

    private static final List<String> HEADINGS =
            List.of("area", "goal", "measured", "spread", "target", "JDK", "");

    private final List<Measurement> measurements = new ArrayList<>();

    void add(Measurement measurement) {
        measurements.add(measurement);
    }

    /** 0 where every goal is met, 1 where one is missed or could not be measured. */
    int exitStatus() {
        return measurements.stream().allMatch(m -> m.verdict().isGood()) ? 0 : 1;
    }

    /** The table, one measurement a line, then the failures and how many goals are met. */
    String text() {
        Table table = new Table(HEADINGS);
        measurements.forEach(m -> table.add(cells(m)));
        StringBuilder text = new StringBuilder(table.text());
        for (Measurement m : measurements) {
            if (m.verdict() == Verdict.FAILED) {
                text.append(m.goal().name()).append(" on JDK ").append(m.jdk()).append(": ");
                text.append(m.failure()).append('\n');
            }
        }
        return text.append(tally()).append('\n').toString();
    }

    private String tally() {
        long goals = measurements.stream().filter(m -> m.verdict() != Verdict.NONE).count();
        long met = measurements.stream().filter(m -> m.verdict() == Verdict.MET).count();
        return met + " of " + goals + " goals met";
    }

    private static List<String> cells(Measurement m) {
        Goal goal = m.goal();
        String value =
                m.estimate().map(e -> Estimate.number(e.value()) + " " + goal.unit()).orElse("-");
        return List.of(
                goal.area(),
                goal.name(),
                value,
                m.estimate().map(Estimate::spread).orElse("-"),
                goal.comparison().text(goal.target()),
                m.jdk(),
                m.verdict().toString());
    }
}
