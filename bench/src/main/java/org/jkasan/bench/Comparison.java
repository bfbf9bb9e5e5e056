package org.jkasan.bench;

import java.util.Locale;

/** How a measured value is held against a goal's target. */
enum Comparison {
    AT_MOST("<= %.2f") {
        @Override
        boolean holds(double value, double target) {
            return value <= target;
        }
    },
    AT_LEAST(">= %.2f") {
        @Override
        boolean holds(double value, double target) {
            return value >= target;
        }
    },
    /** The value is printed for information; there is nothing to meet. */
    INFORMS("-") {
        @Override
        boolean holds(double value, double target) {
            return true;
        }
    };

    private final String format;

    Comparison(String format) {
        this.format = format;
    }

    abstract boolean holds(double value, double target);

    /** The target as the scoreboard prints it. */
    String text(double target) {
        return String.format(Locale.ROOT, format, target);
    }
}
