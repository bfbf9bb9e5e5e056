package org.jkasan.report;

import java.util.HashSet;
import java.util.Set;

/** The bugs that were reported, bounded: a program with a great many of them is told so once. */
final class DistinctBugs {

    private final int limit;
    private final ReportSink sink;
    private final Set<BugKey> seen = new HashSet<>();
    private long repeats;
    private long unprinted;

    DistinctBugs(int limit, ReportSink sink) {
        this.limit = limit;
        this.sink = sink;
    }

    /** Whether a bug is to be reported; otherwise it is counted. */
    boolean admit(BugKey bug) {
        boolean firstTooMany;
        synchronized (this) {
            if (seen.contains(bug)) {
                repeats++;
                return false;
            }
            if (seen.size() < limit) {
                return seen.add(bug);
            }
            firstTooMany = unprinted++ == 0;
        }
        if (firstTooMany) {
            sink.write(
                    "KASAN: "
                            + limit
                            + " distinct bugs were reported; further ones are only counted.\n");
        }
        return false;
    }

    /** How often a bug was met again. */
    synchronized long repeats() {
        return repeats;
    }

    /** How often a bug was met that could not be remembered, new or not. */
    synchronized long unprinted() {
        return unprinted;
    }
}
