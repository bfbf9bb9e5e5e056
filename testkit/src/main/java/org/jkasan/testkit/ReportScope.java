package org.jkasan.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jkasan.report.ReportInfo;

/** What reports are attributed to: a test, a class of tests, or a piece of code. Thread-safe. */
final class ReportScope {

    /*
     *   root -- class -- test -- expectation
     *                \-- test
     *
     * A thread belongs to the scope in which it was started, for good. What it reports goes to that
     * scope; if that has ended, to the nearest one around it that has not. Where this is one that
     * holds others, a class or the root, it cannot be known whose the report is: it goes to every
     * test below that is running, and only if there is none to the scope itself. So nothing is lost,
     * and where one test runs at a time it is always that one.
     */

    private final String name;
    private final ReportScope parent;
    private final boolean holdsOthers;
    private final List<ReportScope> children = new CopyOnWriteArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private volatile boolean open = true;

    private ReportScope(String name, ReportScope parent, boolean holdsOthers) {
        this.name = name;
        this.parent = parent;
        this.holdsOthers = holdsOthers;
    }

    /** The scope of everything. */
    static ReportScope root() {
        return new ReportScope("the tests of this JVM", null, true);
    }

    /** A scope in this one for what may run several tests at a time. */
    ReportScope container(String child) {
        return add(new ReportScope(child, this, true));
    }

    /** A scope in this one for a test, or for a part of it. */
    ReportScope test(String child) {
        return add(new ReportScope(child, this, false));
    }

    private ReportScope add(ReportScope child) {
        children.add(child);
        return child;
    }

    /** Takes what a thread reported that was started in this scope. */
    void receive(ReportInfo info) {
        ReportScope at = this;
        while (!at.open && at.parent != null) {
            at = at.parent;
        }
        List<ReportScope> running = new ArrayList<>();
        if (at.holdsOthers) {
            at.collectRunning(running);
        }
        if (running.isEmpty()) {
            at.keep(new Seen(info, ""));
        } else {
            String note = note(at, running);
            running.forEach(test -> test.keep(new Seen(info, note)));
        }
    }

    private void collectRunning(List<ReportScope> running) {
        for (ReportScope child : children) {
            if (!child.holdsOthers) {
                running.add(child);
            }
            child.collectRunning(running);
        }
    }

    private String note(ReportScope from, List<ReportScope> running) {
        String belongs = this == from ? "to " + name : "to " + name + ", which has ended";
        String whose =
                running.size() == 1
                        ? "the test that was running"
                        : "each of the " + running.size() + " tests that were running";
        return "Thread "
                + Thread.currentThread().getName()
                + " belongs "
                + belongs
                + "; its report counts for "
                + whose
                + ".";
    }

    private synchronized void keep(Seen report) {
        seen.add(report);
    }

    /** Ends the scope. */
    void close() {
        open = false;
        if (parent != null) {
            parent.children.remove(this);
        }
    }

    /** The reports so far. */
    synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** A failure with the reports, which are nobody's any more; null where there are none. */
    synchronized KasanFailure failure() {
        if (seen.isEmpty()) {
            return null;
        }
        KasanFailure failure = new KasanFailure(seen, "");
        seen.clear();
        return failure;
    }

    @Override
    public String toString() {
        return name;
    }
}
