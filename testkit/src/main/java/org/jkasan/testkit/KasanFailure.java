package org.jkasan.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.jkasan.report.ReportInfo;

/**
 * The failure of a test during which KASAN reported. The message is the text of all reports, the
 * stack trace that of the first bad access.
 */
public final class KasanFailure extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient List<ReportInfo> reports;

    KasanFailure(List<Seen> seen, String more) {
        super(seen.stream().map(Seen::text).collect(Collectors.joining("\n")) + more);
        this.reports = seen.stream().map(Seen::info).toList();
        setStackTrace(reports.get(0).frames().toArray(StackTraceElement[]::new));
    }

    /** The reports as data, in their order; null once the failure was deserialized. */
    public List<ReportInfo> reports() {
        return reports;
    }
}
