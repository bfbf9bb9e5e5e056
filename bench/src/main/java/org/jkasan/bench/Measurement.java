package org.jkasan.bench;

import java.util.Optional;

/** A goal as measured on one JDK: an estimate, or why there is none. */
record Measurement(Goal goal, String jdk, Optional<Estimate> estimate, String failure) {

    static Measurement of(Goal goal, String jdk, Estimate estimate) {
        return new Measurement(goal, jdk, Optional.of(estimate), "");
    }

    static Measurement failed(Goal goal, String jdk, String failure) {
        return new Measurement(goal, jdk, Optional.empty(), failure);
    }

    /** What was measured, and whether that is good: all that is left of a run that is cut short. */
    String text() {
        return estimate.map(e -> e.text() + " ").orElse("") + verdict();
    }

    Verdict verdict() {
        if (estimate.isEmpty()) {
            return Verdict.FAILED;
        }
        if (goal.comparison() == Comparison.INFORMS) {
            return Verdict.NONE;
        }
        boolean met = goal.comparison().holds(estimate.get().value(), goal.target());
        return met ? Verdict.MET : Verdict.MISSED;
    }
}
