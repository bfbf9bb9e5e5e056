package org.jkasan.report;

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
     *
     * Locks: printing holds one that nothing else takes, so that reports of several threads never
     * interleave; describers are asked before it is taken. A thread that is inside a report, or
     * inside whatever a report calls, makes no other.
     *
     * With kasan.fault=throw a repeated bug is not printed again but thrown again: that the access
     * does not happen must not depend on what happened before.
     */

    /** Distinct bugs that are remembered. */
    static final int DISTINCT_LIMIT = 4096;

    private final Shadow shadow;
    private final KasanConfig config;
    private final ReportSink sink;
    private final Halt halt;
    private final Machine machine = Machine.running();
    private final Describers describers = new Describers();
    private final DistinctBugs distinct;
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
    private final Object printing = new Object();
    private final AtomicLong reports = new AtomicLong();
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicLong unprinted = new AtomicLong();

    /**
     * A reporter of what happens to the memory under a shadow.
     *
     * @param sink where the text goes
     */
    public Reporter(Shadow shadow, KasanConfig config, ReportSink sink) {
        this(shadow, config, sink, Runtime.getRuntime()::halt, DISTINCT_LIMIT);
    }

    Reporter(Shadow shadow, KasanConfig config, ReportSink sink, Halt halt, int distinctLimit) {
        this.shadow = shadow;
        this.config = config;
        this.sink = sink;
        this.halt = halt;
        this.distinct = new DistinctBugs(distinctLimit);
    }

    /** Asks a describer in every report from now on, after those that came before it. */
    public void register(AddressDescriber describer) {
        describers.add(describer);
    }

    /** Ends {@link #register}. */
    public void unregister(AddressDescriber describer) {
        describers.remove(describer);
    }

    /** The reports printed so far. */
    public long reports() {
        return reports.get();
    }

    /** The bad accesses that were not printed because their bug had been. */
    public long repeats() {
        return repeats.get();
    }

    /** The bad accesses not printed since there were too many distinct bugs to remember. */
    public long unprinted() {
        return unprinted.get();
    }

    /**
     * Reports a bad read or write; called by the check on the thread of the access.
     *
     * @throws KasanError with {@code kasan.fault=throw}
     */
    public void report(BadAccess access) {
        handle(access, null);
    }

    /**
     * Reports a bad free; called on the thread that frees.
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

    private void handle(BadAccess access, BugType badFree) {
        if (inside.get() != null) {
            return;
        }
        ReportInfo info;
        inside.set(Boolean.TRUE);
        try {
            info = investigate(access, badFree);
        } finally {
            inside.remove();
        }
        if (info != null) {
            fault(info);
        }
    }

    /** Prints the report, if it is due; the data, or null where nothing is to follow from it. */
    private ReportInfo investigate(BadAccess access, BugType badFree) {
        Finding finding = Finding.of(access, badFree, shadow, describers, config.linuxTitles());
        boolean due = isDue(finding);
        if (!due && config.fault() != org.jkasan.config.FaultMode.THROW) {
            return null;
        }
        boolean tainted = due ? reports.getAndIncrement() != 0 : true;
        ReportInfo info = finding.report(shadow, Track.here(), tainted, machine);
        if (due) {
            print(ReportFormatter.format(info));
        }
        return info;
    }

    private boolean isDue(Finding finding) {
        if (config.multiShot()) {
            return true;
        }
        BugKey bug = BugKey.here(finding.type(), finding.access().kind());
        switch (distinct.admit(bug)) {
            case NEW:
                return true;
            case REPEAT:
                repeats.incrementAndGet();
                return false;
            case FULL:
                print("KASAN: too many distinct bugs; new ones are only counted from here on.\n");
                unprinted.incrementAndGet();
                return false;
            default:
                unprinted.incrementAndGet();
                return false;
        }
    }

    private void print(String text) {
        synchronized (printing) {
            sink.write(text);
        }
    }

    private void fault(ReportInfo info) {
        switch (config.fault()) {
            case REPORT:
                return;
            case THROW:
                throw new KasanError(info);
            case PANIC:
                panic("kasan.fault=panic set ...");
                return;
            case PANIC_ON_WRITE:
                if (info.kind() != AccessKind.READ) {
                    panic("kasan.fault=panic_on_write set ...");
                }
                return;
            default:
                throw new AssertionError(config.fault());
        }
    }

    private void panic(String why) {
        print("Kernel panic - not syncing: " + why + "\n");
        halt.halt(Halt.STATUS);
    }
}
