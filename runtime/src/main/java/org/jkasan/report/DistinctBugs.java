package org.jkasan.report;

import java.util.HashSet;
import java.util.Set;
import org.jkasan.config.ReportMode;

/**
 * The bugs that were reported, and which are still to be. Bounded: a program with a great many of
 * them is told so once.
 */
final class DistinctBugs {

    private final ReportMode mode;
    private final int limit;
    private final ReportSink sink;
    private final Set<BugKey> seen = new HashSet<>();
    private long repeats;
    private long unprinted;

    DistinctBugs(ReportMode mode, int limit, ReportSink sink) {
        this.mode = mode;
        this.limit = mode == ReportMode.ONCE ? 1 : limit;
        this.sink = sink;
    }

    /** Whether a bug is to be reported; otherwise it is counted. */
    boolean admit(BugKey bug) {
        if (mode == ReportMode.ALL) {
            return true;
        }
        boolean firstTooMany;
        synchronized (this) {
            if (seen.contains(bug)) {
                repeats++;
                return false;
            }
            if (seen.size() < limit) {
                return seen.add(bug);
            }
            firstTooMany = unprinted++ == 0 && mode == ReportMode.DISTINCT;
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
