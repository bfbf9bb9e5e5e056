package org.jkasan.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jkasan.config.KasanConfig;
import org.jkasan.shadow.Shadow;

/**
 * Turns checks that failed into reports: finds out what there is to say, prints it in one piece and
 * does what {@code kasan.fault} asks for. By default each distinct bug is printed once.
 */
public final class Reporter {

    /*
     * The kernel's order: suppressed? - capture - fill the data - format - print - fault action.
     * Listeners are asked between data and text.
     *
     * Locks: printing holds one that nothing else takes, so that reports of several threads never
     * interleave; describers are asked before it is taken, and one that waits is not waited for
     * longer than a second. A thread that is inside a report, or inside whatever a report calls,
     * makes no other.
     *
     * With kasan.fault=throw a repeated bug is not printed again but thrown again: that the bad
     * access does not happen must not depend on what happened before.
     */

    private final Shadow shadow;
    private final boolean linuxTitles;
    private final ReportSink sink;
    private final Machine machine;
    private final FaultAction fault;
    private final DistinctBugs distinct;
    private final Watchdog watchdog;
    private final Describers describers = new Describers();
    private final ReportListeners listeners;
    private final Suppression suppression = new Suppression();
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
    private final ThreadLocal<List<BadAccess>> collecting = new ThreadLocal<>();
    private final AtomicLong reports = new AtomicLong();
    private volatile boolean off;

    /**
     * A reporter of what happens to the memory under a shadow.
     *
     * @param sink where the text goes
     */
    public Reporter(Shadow shadow, KasanConfig config, ReportSink sink) {
        this(shadow, config, sink, Surroundings.real());
    }

    Reporter(Shadow shadow, KasanConfig config, ReportSink sink, Surroundings around) {
        this.shadow = shadow;
        this.sink = new WholeTextSink(sink);
        linuxTitles = config.linuxTitles();
        machine = around.machine();
        listeners = new ReportListeners(this.sink);
        fault = new FaultAction(config, this.sink, around.halt());
        distinct = new DistinctBugs(config.report(), around.distinctLimit(), this.sink);
        watchdog = new Watchdog(around.patienceMillis());
    }

    /** Asks a describer in every report from now on, after those that came before it. */
    public void register(AddressDescriber describer) {
        describers.add(describer);
    }

    /** Ends {@link #register}. */
    public void unregister(AddressDescriber describer) {
        describers.remove(describer);
    }

    /** Has a listener see every bad access from now on, before those that were added before. */
    public void addListener(ReportListener listener) {
        listeners.add(listener);
    }

    /**
     * Ends one {@link #addListener}.
     *
     * @throws IllegalStateException if it is not one of the listeners
     */
    public void removeListener(ReportListener listener) {
        if (!listeners.remove(listener)) {
            throw new IllegalStateException(
                    "No listener to remove: it was not added, or was removed before.");
        }
    }

    /** The reports printed so far. */
    public long reports() {
        return reports.get();
    }

    /** The bad accesses that were not printed because their bug had been. */
    public long repeats() {
        return distinct.repeats();
    }

    /** The bad accesses not printed since there were too many distinct bugs to remember. */
    public long unprinted() {
        return distinct.unprinted();
    }

    /**
     * Reports a bad read or write; called by the check on the thread of the access.
     *
     * @return whether the access counts as bad: not where nobody wants reports, or the thread has
     *     its own disabled, or is inside one
     * @throws KasanError with {@code kasan.fault=throw}
     */
    public boolean report(BadAccess access) {
        return handle(access, null);
    }

    /**
     * Reports a bad free; called on the thread that frees, which holds no lock that a describer
     * needs.
     *
     * @param type {@link BugType#DOUBLE_FREE} or {@link BugType#INVALID_FREE}
     * @throws KasanError with {@code kasan.fault=throw}
     */
    public void reportFree(BugType type, BadAccess access) {
        if (!type.isBadFree()) {
            throw new IllegalArgumentException(
                    type + " is no kind of bad free: use DOUBLE_FREE or INVALID_FREE.");
        }
        handle(access, type);
    }

    /**
     * Has bad reads and writes of the current thread not reported, until {@link #enableCurrent} was
     * called as often as this: kasan_disable_current. Bad frees are reported all the same.
     */
    public void disableCurrent() {
        suppression.disable();
    }

    /**
     * Ends one {@link #disableCurrent}: kasan_enable_current.
     *
     * @throws IllegalStateException if the thread's reports are not disabled
     */
    public void enableCurrent() {
        suppression.enable();
    }

    /**
     * Reports nothing from now on, on no thread: the agent is detached, but methods that were
     * running then call hooks until they return.
     */
    public void turnOff() {
        off = true;
    }

    /** Ends {@link #turnOff}. */
    public void turnOn() {
        off = false;
    }

    /** Whether bad accesses are reported. */
    public boolean isOn() {
        return !off;
    }

    /**
     * Runs code and hands back its bad accesses on this thread, in their order; they are neither
     * reported nor counted, and nothing follows from them. So can be proved that the checks work.
     */
    public List<BadAccess> collect(Runnable code) {
        List<BadAccess> before = collecting.get();
        List<BadAccess> collected = new ArrayList<>();
        collecting.set(collected);
        try {
            code.run();
        } finally {
            collecting.set(before);
        }
        return collected;
    }

    /** Hands an access to who collects those of this thread; false where nobody does. */
    public boolean collect(BadAccess access) {
        List<BadAccess> collected = collecting.get();
        return collected != null && collected.add(access);
    }

    private boolean handle(BadAccess access, BugType badFree) {
        if (badFree == null && suppression.isOn() || inside.get() != null) {
            return false;
        }
        if (collect(access)) {
            return true;
        }
        if (off) {
            return false;
        }
        ReportInfo info;
        inside.set(Boolean.TRUE);
        try {
            Finding bare = Finding.of(access, badFree, shadow);
            info = investigate(bare, Track.here(), BugKey.placesHere());
        } finally {
            inside.remove();
        }
        if (info != null) {
            fault.after(info);
        }
        return true;
    }

    /**
     * Prints the report, if it is due and not expected; the data, or null where nothing is to
     * follow from it.
     */
    private ReportInfo investigate(Finding bare, Track where, List<BugKey.Place> places) {
        Finding finding = bare;
        boolean late = false;
        if (bare.hasShadow()) {
            Watchdog.Watch watch = watchdog.start(() -> concludeLate(bare, where, places));
            finding = describers.describe(bare, linuxTitles);
            late = !watch.end();
        }
        if (isExpected(finding, where)) {
            return null;
        }
        return late
                ? finding.report(shadow, where, true, machine)
                : conclude(finding, where, places);
    }

    private boolean isExpected(Finding finding, Track where) {
        return !listeners.isEmpty()
                && listeners.expect(finding.report(shadow, where, reports.get() != 0, machine));
    }

    private void concludeLate(Finding bare, Track where, List<BugKey.Place> places) {
        inside.set(Boolean.TRUE);
        List<String> why = List.of(Describers.failure("its owner does not answer"));
        ReportInfo info = conclude(bare.with(why), where, places);
        inside.remove();
        if (info != null && !fault.isThrow()) {
            fault.after(info);
        }
    }

    private ReportInfo conclude(Finding finding, Track where, List<BugKey.Place> places) {
        BugKey bug = new BugKey(finding.type(), finding.access().kind(), places);
        boolean due = distinct.admit(bug);
        if (!due && !fault.isThrow()) {
            return null;
        }
        boolean tainted = due ? reports.getAndIncrement() != 0 : reports.get() != 0;
        ReportInfo info = finding.report(shadow, where, tainted, machine);
        if (due) {
            sink.report(info, ReportFormatter.format(info));
        }
        return info;
    }
}
