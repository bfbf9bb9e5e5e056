package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The table of tracked arrays against the JDK's own identity map. */
class HeapArraysProperties {

    private static final int ARRAYS = 150;

    /** Tracks the array under the base, or ends that if the base is 0. */
    record Step(int array, long base) {}

    @Property(tries = 300)
    void table_answersAsAnIdentityMapDoes(@ForAll("steps") List<Step> steps) {
        byte[][] pool = new byte[ARRAYS][1];
        HeapArrays table = new HeapArrays();
        Map<Object, Long> model = new IdentityHashMap<>();
        for (Step step : steps) {
            byte[] array = pool[step.array];
            if (step.base == 0) {
                table.untrack(array);
                model.remove(array);
            } else {
                table.track(array, step.base);
                model.put(array, step.base);
            }
            assertThat(table.handle(array)).isEqualTo(step.base);
        }
        table.check();
        assertThat(table.size()).isEqualTo(model.size());
        for (byte[] array : pool) {
            assertThat(table.handle(array)).isEqualTo(model.getOrDefault(array, 0L));
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> bases =
                Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.just(0L)),
                        Tuple.of(3, Arbitraries.longs().between(1, 1L << 44).map(n -> n << 3)));
        return Combinators.combine(Arbitraries.integers().between(0, ARRAYS - 1), bases)
                .as(Step::new)
                .list()
                .ofMaxSize(600);
    }
}
