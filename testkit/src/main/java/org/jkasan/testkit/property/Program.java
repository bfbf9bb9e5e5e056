package org.jkasan.testkit.property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jkasan.report.ReportInfo;
import org.jkasan.testkit.KasanFailure;
import org.jkasan.testkit.Reports;

/**
 * A sequence of actions, to be run on a fresh subject. Its text is Java that does what it did when
 * it was run last.
 *
 * @param <S> what it runs on
 */
public final class Program<S extends Subject> {

    private final ActionTable<S> table;
    private final List<Step> steps;
    private final List<String> java = new ArrayList<>();

    Program(ActionTable<S> table, List<Step> steps) {
        this.table = table;
        this.steps = List.copyOf(steps);
    }

    public List<Step> steps() {
        return steps;
    }

    /** The bytes of which {@link ActionTable#decode} makes this program. */
    public byte[] bytes() {
        return Step.encode(steps);
    }

    /**
     * Runs the program on a new subject, up to the first step after which something is wrong, and
     * closes the subject.
     *
     * @throws KasanFailure where KASAN reports; the program as Java stands behind the report
     * @throws AssertionError where anything else fails, with the program as well
     */
    public void run(Supplier<S> subjects) {
        java.clear();
        try (Reports reports = Reports.watch()) {
            Throwable thrown = null;
            try (S subject = subjects.get()) {
                java.add(subject.java());
                for (int i = 0; i < steps.size() && reports.seen().isEmpty(); i++) {
                    table.apply(steps.get(i), subject, new Arguments(steps.get(i), java));
                    subject.check();
                }
            } catch (RuntimeException | AssertionError e) {
                thrown = e;
            }
            fail(reports.failure("\n" + this), thrown);
        }
    }

    private void fail(KasanFailure failure, Throwable thrown) {
        if (failure != null) {
            if (thrown != null) {
                failure.addSuppressed(thrown);
            }
            throw failure;
        }
        if (thrown != null) {
            AssertionError error = new AssertionError(thrown + "\n" + this, thrown);
            error.setStackTrace(thrown.getStackTrace());
            throw error;
        }
    }

    /** Runs it and hands back what KASAN reported, off the record; other failures are thrown. */
    public List<ReportInfo> reports(Supplier<S> subjects) {
        try (Reports reports = Reports.take()) {
            run(subjects);
            return reports.seen();
        } catch (KasanFailure failure) {
            return failure.reports();
        }
    }

    /** Java that does the same, one statement a line; before the first run, the steps. */
    @Override
    public String toString() {
        return java.isEmpty() ? steps.toString() : String.join("\n", java);
    }
}
