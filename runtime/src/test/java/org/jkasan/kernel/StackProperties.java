package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random frames, variables and scopes: after each step exactly the oracle's bytes are open. */
class StackProperties {

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequency(
                        Tuple.of(5, Kind.ENTER),
                        Tuple.of(6, Kind.LOCAL),
                        Tuple.of(2, Kind.ALLOCA),
                        Tuple.of(3, Kind.OPEN_SCOPE),
                        Tuple.of(5, Kind.SCOPED),
                        Tuple.of(3, Kind.CLOSE_SCOPE),
                        Tuple.of(3, Kind.LEAVE),
                        Tuple.of(1, Kind.EXIT));
        Arbitrary<Integer> sizes =
                Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 100),
                        Arbitraries.integers().between(1, 12000));
        return Combinators.combine(kinds, sizes, Arbitraries.of("a", "b"))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 150)
    void accessibleBytes_areExactlyTheOracles(@ForAll("steps") List<Step> steps) {
        try (TestKernel machine = TestKernel.withKasan()) {
            StackOracle oracle = new StackOracle(machine);
            for (Step step : steps) {
                step.apply(oracle);
                oracle.check();
            }
            KernelInvariants.check(machine.kernel);
            oracle.leaveAll();
            oracle.check();
            assertThat(machine.reports()).isEmpty();
            assertThat(machine.tasks().current()).isNull();
        }
    }

    private enum Kind {
        ENTER,
        LOCAL,
        ALLOCA,
        OPEN_SCOPE,
        SCOPED,
        CLOSE_SCOPE,
        LEAVE,
        EXIT
    }

    private record Step(Kind kind, int size, String name) {

        void apply(StackOracle oracle) {
            switch (kind) {
                case ENTER -> oracle.enter();
                case LOCAL -> oracle.local(name, size);
                case ALLOCA -> oracle.alloca(size - 1);
                case OPEN_SCOPE -> oracle.openScope();
                case SCOPED -> oracle.scoped(name, size);
                case CLOSE_SCOPE -> oracle.closeScope();
                case LEAVE -> oracle.leave();
                case EXIT -> oracle.exit();
                default -> throw new AssertionError(kind);
            }
        }
    }
}
