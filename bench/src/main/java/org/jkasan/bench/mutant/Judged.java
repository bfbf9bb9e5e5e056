package org.jkasan.bench.mutant;

import java.util.Locale;

/**
 * What became of a mutant.
 *
 * @param mutant the mutant
 * @param plain how it went without KASAN
 * @param kasan how it went with KASAN
 */
record Judged(Suite.Mutant mutant, Outcome plain, Outcome kasan) {

    /** How a planted bug was found at best, or that there was nothing to find. */
    enum Verdict {
        /** By a report at the line of the bad access or free, the first one. */
        REPORTED,
        /** By the kernel's leak check. */
        LEAK,
        /** By an oops at that line, in the kernel with KASAN: the address has no shadow. */
        OOPS,
        /** By a report, but at another line. */
        ELSEWHERE,
        MISSED,
        /** Nothing bad was done: the mutant is equivalent, or its bug is no memory bug. */
        NOT_EXECUTED,
        /** Nothing bad was done, as far as the oracle knows, and yet there was a report. */
        UNPREDICTED
    }

    Verdict verdict() {
        boolean reported = !kasan.reports().isEmpty();
        if (!plain.where().isEmpty()) {
            if (reported && kasan.reports().get(0).equals(plain.where())) {
                return Verdict.REPORTED;
            }
            if (kasan.where().equals(plain.where())) {
                return Verdict.OOPS;
            }
            return reported ? Verdict.ELSEWHERE : Verdict.MISSED;
        }
        if (reported) {
            return Verdict.UNPREDICTED;
        }
        if (plain.left()) {
            return kasan.leaks() > 0 ? Verdict.LEAK : Verdict.MISSED;
        }
        return Verdict.NOT_EXECUTED;
    }

    /** Whether a memory bug was executed. */
    boolean isExecuted() {
        return !plain.where().isEmpty() || plain.left();
    }

    /** Whether that was found where it was to be found. */
    boolean isFound() {
        return verdict() == Verdict.REPORTED
                || verdict() == Verdict.LEAK
                || verdict() == Verdict.OOPS;
    }

    @Override
    public String toString() {
        return verdict().name().toLowerCase(Locale.ROOT)
                + ": "
                + mutant.mutation()
                + " (bad at "
                + plain.where()
                + ", without KASAN "
                + plain.end()
                + ", reports "
                + kasan.reports()
                + (kasan.oops().isEmpty() ? "" : ", oops at address " + kasan.oops())
                + ")";
    }
}
