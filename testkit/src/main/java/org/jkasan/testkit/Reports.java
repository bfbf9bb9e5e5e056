package org.jkasan.testkit;

import java.util.List;
import org.jkasan.report.ReportInfo;

/**
 * The reports that the current thread makes from now on, and the threads that it starts: they fail
 * no test while this is open. For what tests in ways of its own; to be closed by the same thread.
 */
public final class Reports implements AutoCloseable {

    private final ReportScopes.Entered entered;

    private Reports(ReportScopes.Entered entered) {
        this.entered = entered;
    }

    /** Looks on: reports are printed as usual. */
    public static Reports watch() {
        ReportScope scope = ReportScopes.current().test("watched code");
        return new Reports(ReportScopes.enter(scope));
    }

    /** Takes all reports off the record: they are neither printed nor counted. */
    public static Reports take() {
        ReportScope scope = ReportScopes.current().test("watched code");
        return new Reports(ReportScopes.enter(scope, info -> true));
    }

    /** The reports so far, in their order. */
    public List<ReportInfo> seen() {
        return entered.scope().seen().stream().map(Seen::info).toList();
    }

    /**
     * A failure that has the reports so far, or null where there are none.
     *
     * @param more text to stand behind them
     */
    public KasanFailure failure(String more) {
        List<Seen> seen = entered.scope().seen();
        return seen.isEmpty() ? null : new KasanFailure(seen, more);
    }

    @Override
    public void close() {
        entered.close();
    }
}
