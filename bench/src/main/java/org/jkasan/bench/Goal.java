package org.jkasan.bench;

/**
 * One line of the scoreboard before it is measured: what is measured, in which unit, and what it is
 * held against. A ratio has the unit {@link #RATIO}.
 */
record Goal(String name, String area, String unit, Comparison comparison, double target) {

    /** The unit of a quotient: agent over no agent, where smaller is better. */
    static final String RATIO = "x";

    /** A goal that is met by a ratio of at most {@code target}. */
    static Goal ratioAtMost(String name, String area, double target) {
        return new Goal(name, area, RATIO, Comparison.AT_MOST, target);
    }

    /** A line that informs and has no target. */
    static Goal informs(String name, String area, String unit) {
        return new Goal(name, area, unit, Comparison.INFORMS, Double.NaN);
    }
}
