package org.jkasan.testkit.property;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jkasan.report.BugType;
import org.jkasan.report.ReportInfo;
import org.jkasan.testkit.KasanFailure;

/**
 * A target for coverage-guided fuzzers: any bytes are a program of the table's actions. A report is
 * a finding; one with the title and the innermost frames of an earlier one is the same finding, and
 * none any more, so that a campaign that goes on finds other bugs.
 *
 * @param <S> what the programs run on
 */
public final class FuzzTarget<S extends Subject> {

    private static final int FRAMES = 3;

    private record Bug(BugType type, List<StackTraceElement> frames) {

        static Bug of(ReportInfo info) {
            int depth = Math.min(FRAMES, info.frames().size());
            return new Bug(info.type(), List.copyOf(info.frames().subList(0, depth)));
        }
    }

    private final ActionTable<S> table;
    private final Supplier<S> subjects;
    private final Set<Bug> found = ConcurrentHashMap.newKeySet();

    /** A target that has found nothing yet. */
    public FuzzTarget(ActionTable<S> table, Supplier<S> subjects) {
        this.table = table;
        this.subjects = subjects;
    }

    /**
     * Runs the program that bytes stand for.
     *
     * @throws KasanFailure for a bug that this target has not found before
     * @throws AssertionError where something else fails
     */
    public void run(byte[] bytes) {
        try {
            table.decode(bytes).run(subjects);
        } catch (KasanFailure failure) {
            if (found.add(Bug.of(failure.reports().get(0)))) {
                throw failure;
            }
        }
    }
}
