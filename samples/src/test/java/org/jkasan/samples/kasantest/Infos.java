package org.jkasan.samples.kasantest;

import java.util.List;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BugType;
import org.jkasan.report.ReportInfo;

/** Reports of nothing in particular. */
final class Infos {

    private Infos() {}

    /** A write, or a free where the size is 0. */
    static ReportInfo of(BugType type, long size, long address) {
        AccessKind kind = size == 0 ? AccessKind.FREE : AccessKind.WRITE;
        StackTraceElement place = new StackTraceElement("Cases", "oob", "Cases.java", 7);
        return new ReportInfo(
                type,
                kind,
                address,
                size,
                address,
                null,
                List.of(place),
                List.of(),
                List.of(),
                List.of(),
                false,
                null);
    }
}
