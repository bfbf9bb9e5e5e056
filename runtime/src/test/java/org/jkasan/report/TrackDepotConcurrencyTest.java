package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.jkasan.InThreads;
import org.jkasan.config.StackMode;
import org.jkasan.program.Path;
import org.junit.jupiter.api.Test;

/** Threads that intern the same stacks, and others, at the same time. */
class TrackDepotConcurrencyTest {

    private static final int THREADS = 4;
    private static final int PATHS = 64;
    private static final int ROUNDS = 50;

    private final Map<List<Integer>, Set<SavedStack>> stacks = new ConcurrentHashMap<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    private static List<Integer> steps(int number) {
        return Integer.toBinaryString(PATHS + number).chars().mapToObj(c -> c - '0').toList();
    }

    /** Every thread walks all paths several times, each in an order of its own. */
    private void race(TrackDepot depot) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Runnable> walkers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            walkers.add(() -> walk(depot, seed, start));
        }
        InThreads.run(walkers);
    }

    private void walk(TrackDepot depot, int seed, CyclicBarrier start) {
        List<Integer> order = new ArrayList<>();
        for (int n = 0; n < 2 * PATHS; n++) {
            order.add(n % PATHS);
        }
        Collections.shuffle(order, new Random(seed / 2)); // two of them go the same way
        try {
            start.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Task task = Task.current();
        for (int number : order) {
            List<Integer> steps = steps(number);
            Track track = Path.along(steps, depot::here);
            assertThat(track.task()).isEqualTo(task);
            stacks.computeIfAbsent(steps, s -> Collections.synchronizedSet(identitySet()))
                    .add(track.stack());
        }
    }

    private static <T> Set<T> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private Set<SavedStack> all() {
        Set<SavedStack> all = identitySet();
        stacks.values().stream().flatMap(Collection::stream).forEach(all::add);
        return all;
    }

    @Test
    void eachStack_hasOneRecord() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TrackDepot depot = Depots.deep(64);
            stacks.clear();
            race(depot);
            assertThat(stacks.values()).hasSize(PATHS).allMatch(records -> records.size() == 1);
            assertThat(all()).hasSize(PATHS);
            assertThat(depot.used()).isEqualTo(PATHS);
            assertThat(depot.dropped()).isZero();
        }
    }

    @Test
    void fullDepot_staysWithinItsLimit() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TrackDepot depot = new TrackDepot(StackMode.FULL, 64, PATHS / 2, log::add);
            stacks.clear();
            log.clear();
            race(depot);
            Set<SavedStack> kept = all();
            assertThat(kept.remove(StackRecord.NONE)).isTrue();
            assertThat(kept.size()).isEqualTo(depot.used()).isLessThanOrEqualTo(PATHS / 2);
            assertThat(depot.dropped()).isPositive();
            assertThat(log).containsExactly("Stack depot reached limit capacity\n");
        }
    }
}
