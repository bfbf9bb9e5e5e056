package org.jkasan.samples.testvmalloc;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Has the configurations run the tests in turns until the time is up. */
final class Rounds {

    /*
     *   warm-up   few loops | 4 times as many | ... until a third of the budget is used
     *   round     fix_size: none, KASAN, vmalloc | full_fit: KASAN, vmalloc, none | ...
     *   round     ...                             and so on while there is time for another
     *
     * Turns are short and follow each other test by test, so what else the machine does meanwhile
     * weighs on all; and who begins changes, since caches are cold for the first. The loops are as
     * many as let some rounds fit into the rest of the budget; there are at least three.
     */

    private static final int LEAST = 3;

    /** Rounds that the number of loops is chosen for. */
    private static final int WANTED = 5;

    private static final int FEWEST_LOOPS = 500;

    /** The part of the budget that the warm-up may take, as its reciprocal. */
    private static final double WARM_UP_SHARE = 3;

    private final List<Contestant> contestants;
    private final Duration budget;
    private final PrintStream progress;
    private final long begin = System.nanoTime();

    private int loops = FEWEST_LOOPS;
    private int rounds;
    private int seed;

    /** Rounds whose time runs from now on. */
    Rounds(List<Contestant> contestants, Duration budget, PrintStream progress) {
        this.contestants = contestants;
        this.budget = budget;
        this.progress = progress;
    }

    /** How often a loop goes round in a run. */
    int loops() {
        return loops;
    }

    int rounds() {
        return rounds;
    }

    /** Seconds since the time began to run. */
    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    Measurements measure() {
        contestants.forEach(Contestant::awaitReady);
        loops = warmUp();
        Measurements measurements = new Measurements(configurations());
        double before = seconds();
        while (rounds < LEAST || seconds() + (seconds() - before) / rounds <= budget.toSeconds()) {
            say("round " + (rounds + 1) + ", " + loops + " loops");
            round(measurements);
            rounds++;
        }
        return measurements;
    }

    private List<Configuration> configurations() {
        return contestants.stream().map(Contestant::configuration).toList();
    }

    private void say(String what) {
        progress.printf(
                "%s: %s, %.0f s of %d s%n", TestVmalloc.NAME, what, seconds(), budget.toSeconds());
    }

    /** Has the code compiled, and returns how many loops there is time for. */
    private int warmUp() {
        double seconds;
        double inLoops;
        int last;
        do {
            say("warm-up, " + loops + " loops");
            double before = seconds();
            inLoops = round(new Measurements(configurations()));
            seconds = seconds() - before;
            last = loops;
            loops *= 4;
        } while (seconds() + 2 * seconds < budget.toSeconds() / WARM_UP_SHARE);
        double perLoop = inLoops / last;
        double around = seconds - inLoops;
        double rest = budget.toSeconds() - seconds();
        // Where what is around the loops takes long, fewer rounds of more loops say more.
        double wanted = Math.max(LEAST, Math.min(WANTED, rest / (3 * around)));
        double fit = (rest / wanted - around) / perLoop;
        return (int) Math.max(FEWEST_LOOPS, Math.min(Measurements.LOOPS, fit));
    }

    /** One run of all; returns the seconds that were spent in loops. */
    private double round(Measurements measurements) {
        double inLoops = 0;
        for (TableRun run : TableRun.values()) {
            for (VmallocTest test : TableRow.TESTS) {
                seed++;
                for (Contestant contestant : inTurn()) {
                    List<TestRun> runs = contestant.run(test, run.workers(), loops, seed);
                    for (int cpu = 0; cpu < runs.size(); cpu++) {
                        TableRow row = new TableRow(run, cpu, test);
                        measurements.add(row, contestant.configuration(), runs.get(cpu), loops);
                    }
                    inLoops += test.hasLoop() ? runs.get(0).loopNanos() / 1e9 : 0;
                }
            }
        }
        return inLoops;
    }

    private List<Contestant> inTurn() {
        List<Contestant> order = new ArrayList<>(contestants);
        Collections.rotate(order, seed);
        return order;
    }
}
