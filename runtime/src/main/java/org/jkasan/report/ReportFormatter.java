package org.jkasan.report;

import java.util.List;

/**
 * The text of a report: the kernel's layout, line for line where it applies to Java. What has no
 * meaning for a Java thread is left out: the CPU, which the JVM does not tell, and the user.
 */
final class ReportFormatter {

    private static final String RULE = "=".repeat(66) + "\n";

    private final StringBuilder out = new StringBuilder(4096);
    private final ReportInfo info;

    private ReportFormatter(ReportInfo info) {
        this.info = info;
    }

    /** The whole report; it ends with a line feed. */
    static String format(ReportInfo info) {
        return new ReportFormatter(info).report();
    }

    /** The title and the access line, without a line feed at the end. */
    static String headline(ReportInfo info) {
        return title(info) + "\n" + accessLine(info);
    }

    private String report() {
        out.append(RULE).append(headline(info)).append("\n\n");
        machine();
        callTrace();
        RegionText.append(out, info);
        notes();
        memoryState();
        return out.append(RULE).toString();
    }

    private static String title(ReportInfo info) {
        List<StackTraceElement> frames = info.frames();
        return "BUG: KASAN: "
                + info.type().title()
                + " in "
                + (frames.isEmpty() ? "(unknown)" : Text.method(frames.get(0)));
    }

    private static String accessLine(ReportInfo info) {
        String what =
                switch (info.kind()) {
                    case READ -> "Read";
                    case WRITE -> "Write";
                    case FREE -> "Free";
                };
        boolean sized = info.kind() != AccessKind.FREE && info.size() != 0;
        return (sized ? what + " of size " + Long.toUnsignedString(info.size()) : what)
                + (info.kind() == AccessKind.FREE ? " of addr " : " at addr ")
                + Text.address(info.address())
                + " by task "
                + Text.clean(info.task().comm())
                + "/"
                + info.task().pid();
    }

    private void machine() {
        out.append("PID: ").append(info.task().pid());
        out.append(" Comm: ").append(Text.clean(info.task().comm()));
        out.append(info.tainted() ? " Tainted: B " : " Not tainted ");
        out.append(info.machine().release());
        out.append(" (jkasan ").append(Version.CURRENT).append(")\n");
        if (info.tainted()) {
            out.append("Tainted: [B]=BAD_PAGE\n");
        }
        out.append("Hardware name: ").append(info.machine().hardware()).append('\n');
    }

    private void callTrace() {
        out.append("Call Trace:\n <TASK>\n");
        Text.appendFrames(out, info.frames());
        out.append(" </TASK>\n");
    }

    private void notes() {
        if (!info.notes().isEmpty()) {
            out.append('\n');
            info.notes().forEach(note -> out.append(Text.clean(note)).append('\n'));
        }
    }

    private void memoryState() {
        if (info.rows().isEmpty()) {
            return;
        }
        out.append("\nMemory state around the buggy address:\n");
        long guilty = info.firstBad() & -ShadowRow.BYTES;
        for (ShadowRow row : info.rows()) {
            boolean caret = row.address() == guilty;
            out.append(caret ? '>' : ' ').append(Text.address(row.address())).append(':');
            row.shadow().forEach(shadow -> Text.appendHex(out.append(' '), shadow));
            out.append('\n');
            if (caret) {
                appendCaret((int) (info.firstBad() - guilty) / 8);
            }
        }
    }

    /** Under the first digit of the guilty byte, whose column counts from 0. */
    private void appendCaret(int granule) {
        out.append(" ".repeat(19 + 3 * granule)).append("^\n");
    }
}
