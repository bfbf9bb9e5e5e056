package org.jkasan.report;

import org.jkasan.config.FaultMode;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.ReportMode;

/** What {@code kasan.panic_on_warn}, and then {@code kasan.fault}, have done after a report. */
final class FaultAction {

    private final FaultMode mode;
    private final boolean panicOnWarn;
    private final ReportSink sink;
    private final Halt halt;

    FaultAction(KasanConfig config, ReportSink sink, Halt halt) {
        this.mode = config.fault();
        // Who has all reported wants to see all, in the kernel too.
        this.panicOnWarn = config.panicOnWarn() && config.report() != ReportMode.ALL;
        this.sink = sink;
        this.halt = halt;
    }

    /** Whether the bad access is to end in an error, on the thread that made it. */
    boolean isThrow() {
        return mode == FaultMode.THROW;
    }

    /** Goes on, throws or halts. */
    void after(ReportInfo info) {
        if (panicOnWarn) {
            panic("KASAN: panic_on_warn");
        }
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
