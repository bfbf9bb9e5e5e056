package org.jkasan.report;

import org.jkasan.config.FaultMode;

/** What {@code kasan.fault} has done after a report. */
final class FaultAction {

    private final FaultMode mode;
    private final ReportSink sink;
    private final Halt halt;

    FaultAction(FaultMode mode, ReportSink sink, Halt halt) {
        this.mode = mode;
        this.sink = sink;
        this.halt = halt;
    }

    /** Whether the bad access is to end in an error, on the thread that made it. */
    boolean isThrow() {
        return mode == FaultMode.THROW;
    }

    /** Goes on, throws or halts. */
    void after(ReportInfo info) {
        switch (mode) {
            case REPORT -> {}
            case THROW -> throw new KasanError(info);
            case PANIC -> panic("kasan.fault=panic");
            case PANIC_ON_WRITE -> {
                // A bad free counts as a write.
                if (info.kind() != AccessKind.READ) {
                    panic("kasan.fault=panic_on_write");
                }
            }
        }
    }

    private void panic(String option) {
        sink.write("Kernel panic - not syncing: " + option + " set ...\n");
        halt.halt(Halt.STATUS);
    }
}
