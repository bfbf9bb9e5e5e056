package org.jkasan.report;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of one reporter, asked the latest first: tests nest. */
final class ReportListeners {

    private final List<ReportListener> list = new CopyOnWriteArrayList<>();
    private final ReportSink sink;

    /**
     * No listeners yet.
     *
     * @param sink where their failures are noted
     */
    ReportListeners(ReportSink sink) {
        this.sink = sink;
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    void add(ReportListener listener) {
        list.add(0, listener);
    }

    /** Removes a listener that was added, once. */
    boolean remove(ReportListener listener) {
        return list.remove(listener);
    }

    /** Whether one of them expects the report. */
    boolean expect(ReportInfo info) {
        for (ReportListener listener : list) {
            try {
                if (listener.expects(info)) {
                    return true;
                }
            } catch (RuntimeException | Error e) {
                sink.write("KASAN: a listener of reports failed: " + e + "\n");
            }
        }
        return false;
    }
}
