package org.jkasan.report;

import java.util.HashSet;
import java.util.Set;

/** The bugs that were reported, bounded: a program with a great many of them is told so once. */
final class DistinctBugs {

    /** What becomes of a bug. */
    enum Verdict {
        /** Not seen before: report it. */
        NEW,
        /** Reported before. */
        REPEAT,
        /** The set is full for the first time: say so. */
        FULL,
        /** The set was full before: the bug may or may not be new. */
        UNKNOWN
    }

    private final int limit;
    private final Set<BugKey> seen = new HashSet<>();
    private boolean full;

    DistinctBugs(int limit) {
        this.limit = limit;
    }

    synchronized Verdict admit(BugKey bug) {
        if (seen.contains(bug)) {
            return Verdict.REPEAT;
        }
        if (seen.size() < limit) {
            seen.add(bug);
            return Verdict.NEW;
        }
        Verdict verdict = full ? Verdict.UNKNOWN : Verdict.FULL;
        full = true;
        return verdict;
    }
}
