package org.jkasan.samples.testvmalloc;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Has the configurations run the tests in turns until the time is up. */
final class Rounds {

    /*
     *   warm-up   least turns | longer ones | ... until a third of the budget is used
     *   round     fix_size: none, KASAN, vmalloc | full_fit: KASAN, vmalloc, none | ...
     *   round     ...                             and so on while there is time for another
     *
     * The kernel's table is of a million loops in a row. Turns of a few thousand are not the same
     * shorter: after another test's turn, code is compiled anew, and pools are full of other sizes.
     * So a turn is as long as some rounds of all turns allow, and equally long for each test, since
     * as many loops as the slowest test has time for are nothing for the fastest.
     *
     * Turns of a test follow each other, so what else the machine does meanwhile weighs on all
     * configurations; and who begins changes, since caches are cold for the first.
     */

    private static final int LEAST = 3;

    /** Rounds that the length of turns is chosen for: there are more if it was chosen too short. */
    private static final int WANTED = 4;

    /**
     * The part of the budget within which the warm-up begins its last round, as its reciprocal:
     * planned by colder code, its turns are shorter than those after it.
     */
    private static final double WARM_UP_SHARE = 3;

    /** The first is of cold code alone, and may take a third of the budget by itself. */
    private static final int LEAST_WARM_UPS = 3;

    private final List<Contestant> contestants;
    private final Duration budget;
    private final PrintStream progress;
    private final long begin = System.nanoTime();

    private Plan plan = Plan.least();
    private double ready;
    private double warm;
    private double inLoops;
    private int rounds;
    private int seed;

    /** Rounds whose time runs from now on. */
    Rounds(List<Contestant> contestants, Duration budget, PrintStream progress) {
        this.contestants = contestants;
        this.budget = budget;
        this.progress = progress;
    }

    /** What the time was spent on, in lines. */
    String spent() {
        double each = (seconds() - warm) / rounds;
        double looping = inLoops / rounds;
        return String.format(
                Locale.ROOT,
                """
                Budget %d s: %.0f s until all were started, %.0f s of warm-up, %d rounds of %.1f s in turns.
                Of a round, %.1f s in what turns repeat, %.1f s to prepare, clear up and take turns.
                A turn has these %s.
                """,
                budget.toSeconds(),
                ready,
                warm - ready,
                rounds,
                each,
                looping,
                each - looping,
                plan);
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    Measurements measure() {
        contestants.forEach(Contestant::awaitReady);
        ready = seconds();
        warmUp();
        warm = seconds();
        Measurements measurements = new Measurements(configurations());
        while (rounds < LEAST || seconds() + (seconds() - warm) / rounds <= budget.toSeconds()) {
            say("round " + (rounds + 1));
            inLoops += round(measurements).inLoops();
            rounds++;
        }
        return measurements;
    }

    private List<Configuration> configurations() {
        return contestants.stream().map(Contestant::configuration).toList();
    }

    private void say(String what) {
        progress.printf(
                "%s: %s, %.0f s of %d s, %s%n",
                TestVmalloc.NAME, what, seconds(), budget.toSeconds(), plan);
    }

    /** Has the code of every test compiled, and then plans the turns that there is time for. */
    private void warmUp() {
        Pace pace = warmUpRound();
        for (int done = 1; done < LEAST_WARM_UPS || isWarmingUp(); done++) {
            plan = pace.planFor(rest() / WANTED);
            pace = pace.fastest(warmUpRound());
        }
        plan = pace.planFor(rest() / WANTED);
    }

    private boolean isWarmingUp() {
        return seconds() < budget.toSeconds() / WARM_UP_SHARE;
    }

    private double rest() {
        return budget.toSeconds() - seconds();
    }

    private Pace warmUpRound() {
        say("warm-up");
        return round(new Measurements(configurations()));
    }

    /** One turn of all. */
    private Pace round(Measurements measurements) {
        double before = seconds();
        Pace pace = new Pace();
        for (TableRun run : TableRun.values()) {
            for (VmallocTest test : TableRow.TESTS) {
                seed++;
                int times = plan.times(test);
                for (Contestant contestant : inTurn()) {
                    List<TestRun> runs = contestant.run(test, run.workers(), times, seed);
                    for (int cpu = 0; cpu < runs.size(); cpu++) {
                        TableRow row = new TableRow(run, cpu, test);
                        measurements.add(row, contestant.configuration(), runs.get(cpu), times);
                    }
                    pace.add(test, times, runs.get(0).loopNanos() / 1e9);
                }
            }
        }
        pace.end(seconds() - before);
        return pace;
    }

    private List<Contestant> inTurn() {
        List<Contestant> order = new ArrayList<>(contestants);
        Collections.rotate(order, seed);
        return order;
    }
}
