package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random traffic against a plain map: after each step exactly what it says is accessible. */
class VmallocProperties {

    private static final long SPACE = 1 << 20;

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequency(
                        Tuple.of(4, Kind.ADDRESS),
                        Tuple.of(1, Kind.ZEROED),
                        Tuple.of(2, Kind.ARRAY),
                        Tuple.of(4, Kind.FREE),
                        Tuple.of(1, Kind.FREE_AGAIN),
                        Tuple.of(2, Kind.FREE_LATER),
                        Tuple.of(1, Kind.WORK),
                        Tuple.of(3, Kind.RESIZE),
                        Tuple.of(1, Kind.PURGE));
        Arbitrary<Integer> around =
                Arbitraries.of(8, 16, 64, PAGE, 2 * PAGE, 7 * PAGE, 8 * PAGE, 16 * PAGE);
        Arbitrary<Integer> sizes =
                Combinators.combine(around, Arbitraries.integers().between(-9, 9))
                        .as((edge, off) -> Math.max(1, edge + off));
        return Combinators.combine(kinds, sizes, Arbitraries.integers().between(0, 1000))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 150)
    void accessibleBytes_areExactlyTheOracles(@ForAll("steps") List<Step> steps) {
        run(steps, TestMachine.withKasan(SPACE));
    }

    @Property(tries = 50)
    void accessibleBytes_areExactlyTheOraclesOnAHostWithLargePages(
            @ForAll("steps") List<Step> steps) {
        run(steps, TestMachine.withLargeHostPages(SPACE));
    }

    private static void run(List<Step> steps, TestMachine machine) {
        try (machine) {
            Queue<Runnable> work = new ArrayDeque<>();
            machine.mm.deferWorkTo(work::add);
            VmallocOracle oracle = new VmallocOracle(machine, SPACE);
            for (Step step : steps) {
                step.apply(machine, oracle, work);
                oracle.check();
            }
            doWork(work);
            oracle.freeAll();
            machine.vmalloc().purge();
            assertThat(machine.residentShadow(0, SPACE)).isZero();
            assertThat(machine.residentData(0, SPACE)).isZero();
            assertThat(machine.vmalloc().vmalloc(1)).isEqualTo(START);
        }
    }

    private static void doWork(Queue<Runnable> work) {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private enum Kind {
        ADDRESS,
        ZEROED,
        ARRAY,
        FREE,
        FREE_AGAIN,
        FREE_LATER,
        WORK,
        RESIZE,
        PURGE
    }

    private record Step(Kind kind, int size, int pick) {

        void apply(TestMachine machine, VmallocOracle oracle, Queue<Runnable> work) {
            switch (kind) {
                case ADDRESS -> {
                    long addr = machine.vmalloc().vmalloc(size);
                    oracle.allocated(addr, size, null);
                    if (addr != 0) {
                        machine.memory().memset(addr, 0x5a, size);
                    }
                }
                case ZEROED -> {
                    long addr = machine.vmalloc().vzalloc(size);
                    oracle.allocated(addr, size, null);
                    assertThat(addr == 0 || machine.memory().loadByte(addr + size - 1) == 0)
                            .isTrue();
                }
                case ARRAY -> {
                    byte[] array = machine.vmalloc().vmallocBytes(size);
                    long addr = array == null ? 0 : machine.vmalloc().addressOf(array);
                    oracle.allocated(addr, size, array == null ? new byte[0] : array);
                }
                case FREE -> oracle.free(pick);
                case FREE_LATER -> oracle.freeLater(pick);
                case WORK -> {
                    doWork(work);
                    oracle.worked();
                }
                case RESIZE -> oracle.resize(pick, size);
                case FREE_AGAIN -> oracle.freeAgain(pick);
                case PURGE -> {
                    machine.vmalloc().purge();
                    oracle.purged();
                }
                default -> throw new AssertionError(kind);
            }
        }
    }
}
