package org.jkasan.samples.testvmalloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ShuffleProperties {

    @Property
    void shuffled_isOneCycleThroughAll(
            @ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
        List<Integer> order = IntStream.range(0, size).boxed().toList();
        List<Integer> shuffled = Shuffle.of(order, new Random(seed));
        Set<Integer> seen = new HashSet<>();
        int at = 0;
        while (seen.add(at)) {
            at = shuffled.get(at);
        }
        assertThat(at).isZero();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(order);
    }
}
