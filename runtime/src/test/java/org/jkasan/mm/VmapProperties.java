package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Pages that come, go, move and are seen in many places, against plain lists of pages. */
class VmapProperties {

    private static final int RAM_PAGES = 96;

    private enum Kind {
        ALLOC_PAGE,
        FREE_PAGE,
        MAP,
        HAND,
        ALLOCATE,
        ALLOCATE_USER,
        ASK,
        FREE,
        WRITE,
        PURGE
    }

    private record Step(Kind kind, int count, int pick, long value) {

        void apply(TestMachine machine, AliasOracle oracle) {
            switch (kind) {
                case ALLOC_PAGE -> oracle.allocPage();
                case FREE_PAGE -> oracle.freePage(pick);
                case MAP -> oracle.map(count, pick);
                case HAND -> oracle.hand(count);
                case ALLOCATE -> oracle.allocate(count, false);
                case ALLOCATE_USER -> oracle.allocate(count, true);
                case ASK -> oracle.ask(pick);
                case FREE -> oracle.free(pick);
                case WRITE -> oracle.write(pick, value);
                case PURGE -> machine.vmalloc().purge();
                default -> throw new AssertionError(kind);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(1, 6);
        Arbitrary<Integer> picks = Arbitraries.integers().between(0, 100_000);
        return Combinators.combine(Arbitraries.of(Kind.class), counts, picks, Arbitraries.longs())
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(80);
    }

    @Property(tries = 150)
    void words_areTheOraclesAtAllAddresses(@ForAll("steps") List<Step> steps) {
        run(steps, 1);
    }

    @Property(tries = 50)
    void words_areTheOraclesAtAllAddressesWithPools(@ForAll("steps") List<Step> steps) {
        run(steps, 2);
    }

    private static void run(List<Step> steps, int cpus) {
        MemoryLayout layout = Architecture.X86_64.layout();
        try (TestMachine machine =
                TestMachine.withKasan(
                        new MemoryConfig(layout, RAM_PAGES * PAGE, cpus, 256 << 10, true))) {
            int mappings = HostMappings.count(machine.mm.spaces().vmalloc().window());
            AliasOracle oracle = new AliasOracle(machine);
            for (Step step : steps) {
                step.apply(machine, oracle);
                oracle.check();
            }
            Invariants.check(machine.mm);
            oracle.end();
            assertThat(HostMappings.count(machine.mm.spaces().vmalloc().window()))
                    .isEqualTo(mappings);
        }
    }
}
