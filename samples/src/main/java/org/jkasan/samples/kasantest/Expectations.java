package org.jkasan.samples.kasantest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jkasan.report.ReportInfo;
import org.jkasan.report.ReportListener;

/**
 * What a case states: which reports come where. Exactly these may come, in this order; whatever
 * else is reported is printed, and fails the case.
 */
final class Expectations implements ReportListener {

    /*
     * Bad accesses of other threads, of the kernel's workers, are the case's as well: so the state is
     * guarded by the object's lock, and a case waits for its workers within the expression.
     */

    /** How the first of the lines on an expectation begins. */
    static final String FAILED = "EXPECTATION FAILED at ";

    private final boolean showing;
    private final Queue<Expected> due = new ArrayDeque<>();
    private final List<String> stray = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * Nothing is expected yet.
     *
     * @param showing whether reports that are expected are printed all the same
     */
    Expectations(boolean showing) {
        this.showing = showing;
    }

    @Override
    public synchronized boolean expects(ReportInfo info) {
        if (!due.isEmpty() && due.peek().matches(info)) {
            due.remove();
            return !showing;
        }
        stray.add(Expected.describe(info));
        return false;
    }

    /** Runs an expression that has to make these reports: KUNIT_EXPECT_KASAN_FAIL. */
    void fails(Runnable expression, Expected... reports) {
        settle("before this line");
        synchronized (this) {
            due.addAll(Arrays.asList(reports));
        }
        try {
            expression.run();
        } finally {
            settle("in this expression");
        }
    }

    /** Runs an expression that must not make a report: KUNIT_EXPECT_KASAN_SUCCESS. */
    void succeeds(Runnable expression) {
        fails(expression);
    }

    /** States something else than a report: KUNIT_EXPECT_TRUE. */
    void isTrue(boolean holds, String what) {
        if (!holds) {
            fail("Expected " + what + " to be true, but is false");
        }
    }

    /**
     * The address that an allocation gave: KUNIT_ASSERT_NOT_NULL.
     *
     * @throws AbortedException if it failed, which ends the case
     */
    long notNull(long address) {
        if (address == 0) {
            fail("Expected an address, but the allocation failed");
            throw new AbortedException();
        }
        return address;
    }

    /**
     * Ends the case if the kernel is not built so that it can run.
     *
     * @throws SkippedException then
     */
    void needs(boolean present, String config) {
        if (!present) {
            throw new SkippedException("Test requires " + config);
        }
    }

    /** Ends a case; the lines that say what of it failed. */
    synchronized List<String> end() {
        settle("at the end of the case");
        List<String> lines = List.copyOf(failures);
        failures.clear();
        return lines;
    }

    private synchronized void settle(String when) {
        due.forEach(
                report -> fail("KASAN failure expected in \"" + report + "\", but none occurred"));
        stray.forEach(
                report -> fail("KASAN failure not expected " + when + ", but occurred: " + report));
        due.clear();
        stray.clear();
    }

    private synchronized void fail(String what) {
        failures.add(FAILED + place());
        failures.add(what);
    }

    /** Whether a source file has cases. */
    static boolean isOfCases(String file) {
        return file != null && file.endsWith("Cases.java");
    }

    /** The line of the case, as a stack frame shows it. */
    private static String place() {
        return StackWalker.getInstance()
                .walk(
                        frames ->
                                frames.filter(frame -> isOfCases(frame.getFileName()))
                                        .findFirst()
                                        .map(f -> f.getFileName() + ":" + f.getLineNumber())
                                        .orElse("the runner"));
    }
}
