package org.jkasan.testkit;

import org.jkasan.report.ReportInfo;

/**
 * A report that was seen, and how sure it is whose it is.
 *
 * @param info the report
 * @param note a sentence on that, or nothing where there is no doubt
 */
record Seen(ReportInfo info, String note) {

    /** The note and the report, whose stacks end where the test's code does. */
    String text() {
        String report = TestFrames.cut(info.text());
        return note.isEmpty() ? report : note + "\n" + report;
    }
}
