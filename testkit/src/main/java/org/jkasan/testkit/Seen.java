package org.jkasan.testkit;

import org.jkasan.report.ReportInfo;

/**
 * A report that was seen, and how sure it is whose it is.
 *
 * @param info the report
 * @param note a sentence on that, or nothing where there is no doubt
 */
record Seen(ReportInfo info, String note) {

    /**
     * The report and the note. The report begins with what the bug is, not with a rule, since of a
     * failure's message many tools show the first line only; its stacks end where the test's code
     * does.
     */
    String text() {
        String report = TestFrames.cut(info.text());
        String headed = report.substring(report.indexOf('\n') + 1);
        return note.isEmpty() ? headed : headed + note + "\n";
    }
}
