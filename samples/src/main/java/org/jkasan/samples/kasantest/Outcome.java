package org.jkasan.samples.kasantest;

import java.util.List;

/**
 * What came of a case.
 *
 * @param status whether it passed
 * @param lines what failed; or, of a skipped case, the reason
 */
record Outcome(Status status, List<String> lines) {

    /** The three ways in which a case can end. */
    enum Status {
        PASS,
        FAIL,
        SKIP
    }

    /** The line of KTAP for a case of this number. */
    String line(int number, String name) {
        return switch (status) {
            case PASS -> "ok " + number + " " + name;
            case FAIL -> "not ok " + number + " " + name;
            case SKIP -> "ok " + number + " " + name + " # SKIP " + lines.get(0);
        };
    }
}
