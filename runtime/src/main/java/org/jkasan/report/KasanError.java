package org.jkasan.report;

/**
 * A report thrown out of the bad access, with {@code kasan.fault=throw}. The message is the title
 * and the access line, the stack trace that of the access.
 */
public final class KasanError extends Error {

    private static final long serialVersionUID = 1L;

    private final transient ReportInfo info;

    KasanError(ReportInfo info) {
        super(ReportFormatter.headline(info));
        this.info = info;
        setStackTrace(info.frames().toArray(StackTraceElement[]::new));
    }

    /** The whole report as data; null once the error was deserialized. */
    public ReportInfo info() {
        return info;
    }
}
