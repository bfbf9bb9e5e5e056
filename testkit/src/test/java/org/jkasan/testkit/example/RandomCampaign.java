package org.jkasan.testkit.example;

import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.jkasan.testkit.property.Program;

/**
 * Random generation with a fuzzer's budget: the arguments are seconds and a seed. Prints how many
 * programs were run, and whether one was reported.
 */
public final class RandomCampaign {

    private static final int STEPS = 30;

    private RandomCampaign() {}

    /** The program. */
    public static void main(String[] args) {
        JqwikSession.run(() -> run(Long.parseLong(args[0]), new Random(Long.parseLong(args[1]))));
    }

    private static void run(long seconds, Random random) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        RandomGenerator<Program<LockedSubject>> programs =
                LockedSubject.actions().programs(STEPS).generator(1000);
        long run = 0;
        boolean found = false;
        while (!found && System.nanoTime() < end) {
            Program<LockedSubject> program = programs.next(random).value();
            found = !program.reports(LockedSubject::new).isEmpty();
            run++;
        }
        System.out.println(run + " programs, " + (found ? "found" : "not found"));
    }
}
