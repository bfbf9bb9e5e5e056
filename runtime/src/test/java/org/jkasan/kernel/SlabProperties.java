package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jkasan.mm.slab.Kmalloc;

/** Random kmalloc traffic against a map of what is live: no byte is wrongly open or closed. */
class SlabProperties {

    private static final int LARGEST_OBJECT = 8192;

    private enum Kind {
        ALLOCATE,
        FREE,
        RESIZE,
        FREE_AGAIN
    }

    /** A step: which of the live objects it is about, and the size that it asks for. */
    record Step(Kind kind, int pick, int size) {}

    private final Map<Long, Integer> live = new TreeMap<>();
    private final Map<Long, Integer> freed = new TreeMap<>();
    private final Set<Long> blocks = new HashSet<>();
    private int doubleFrees;

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> sizes =
                Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.integers().between(1, 300)),
                        Tuple.of(2, Arbitraries.integers().between(300, 8192)),
                        Tuple.of(1, Arbitraries.integers().between(8192, 40_000)));
        return Combinators.combine(
                        Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 999), sizes)
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 150)
    void accessibleBytes_areThoseOfLiveObjects(@ForAll("steps") List<Step> steps) {
        live.clear();
        freed.clear();
        blocks.clear();
        doubleFrees = 0;
        try (TestKernel machine = TestKernel.withKasan(TestKernel.small().withCpus(2))) {
            for (Step step : steps) {
                step(machine, machine.kernel.kmalloc(), step);
            }
            live.forEach((start, size) -> expectOpen(machine, start, size));
            freed.keySet().forEach(start -> assertThat(machine.isValid(start)).isFalse());
            assertThat(machine.titles()).hasSize(doubleFrees).containsOnly(onlyDoubleFrees());
            long[] all = live.keySet().stream().mapToLong(Long::longValue).toArray();
            for (long start : all) {
                machine.kernel.kmalloc().kfree(start);
            }
            assertThat(machine.kernel.slab().liveObjects()).isZero();
        }
    }

    private String[] onlyDoubleFrees() {
        return doubleFrees == 0 ? new String[0] : new String[] {"double-free"};
    }

    private void step(TestKernel machine, Kmalloc kmalloc, Step step) {
        if (step.kind() == Kind.ALLOCATE || live.isEmpty() && step.kind() != Kind.FREE_AGAIN) {
            born(machine, kmalloc.kmalloc(step.size()), step.size());
            return;
        }
        if (step.kind() == Kind.FREE_AGAIN) {
            freeAgain(kmalloc, step.pick());
            return;
        }
        long start = pick(live, step.pick());
        if (step.kind() == Kind.FREE) {
            kmalloc.kfree(start);
            died(start);
            return;
        }
        machine.memory().storeByte(start, (byte) step.pick());
        long moved = kmalloc.krealloc(start, step.size());
        assertThat(machine.memory().loadByte(moved)).isEqualTo((byte) step.pick());
        if (moved == start) {
            live.put(start, step.size());
        } else {
            died(start);
            born(machine, moved, step.size());
        }
    }

    private void freeAgain(Kmalloc kmalloc, int pick) {
        if (!freed.isEmpty()) {
            kmalloc.kfree(pick(freed, pick));
            doubleFrees++;
        }
    }

    /** Nothing lives there, nor is in quarantine. */
    private void born(TestKernel machine, long start, int size) {
        assertThat(start).isNotZero();
        assertThat(live).doesNotContainKey(start);
        assertThat(freed).doesNotContainKey(start);
        live.put(start, size);
        if (size > LARGEST_OBJECT) {
            blocks.add(start);
        }
    }

    /** The pages of a large object are in no quarantine, and may be anything next. */
    private void died(long start) {
        int size = live.remove(start);
        if (!blocks.remove(start)) {
            freed.put(start, size);
        }
    }

    private static long pick(Map<Long, Integer> from, int number) {
        return List.copyOf(from.keySet()).get(number % from.size());
    }

    private void expectOpen(TestKernel machine, long start, int size) {
        for (int offset = 0; offset < size; offset++) {
            assertThat(machine.isValid(start + offset)).isTrue();
        }
        boolean fillsItsBlock = blocks.contains(start) && Integer.bitCount(size) == 1;
        assertThat(fillsItsBlock || !machine.isValid(start + size)).isTrue();
    }
}
