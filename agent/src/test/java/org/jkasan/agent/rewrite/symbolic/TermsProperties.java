package org.jkasan.agent.rewrite.symbolic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Sums of terms are those of a map from products to coefficients. */
class TermsProperties {

    @Property(tries = 200)
    void plus_addsCoefficients(
            @ForAll @Size(max = 8) List<@LongRange(min = 0, max = 5) Long> products,
            @ForAll @LongRange(min = -2, max = 2) long coefficient,
            @ForAll @LongRange(min = -2, max = 2) long factor) {
        int half = products.size() / 2;
        TreeMap<Long, Long> expected = new TreeMap<>();
        Terms one = terms(products.subList(0, half), coefficient, 1, expected);
        Terms other = terms(products.subList(half, products.size()), 1, factor, expected);
        expected.values().removeIf(value -> value == 0);

        Terms sum = one.plus(other, factor);

        assertThat(asMap(sum)).isEqualTo(expected);
        assertThat(sum.isEmpty()).isEqualTo(expected.isEmpty());
        Terms again = Terms.NONE;
        for (long product : expected.descendingKeySet()) {
            again = again.plus(Terms.of(product, expected.get(product)), 1);
        }
        assertThat(again).isEqualTo(sum).hasSameHashCodeAs(sum).hasToString(sum.toString());
    }

    /** The sum of terms with one coefficient; {@code expected} gets it times a factor. */
    private static Terms terms(
            List<Long> products, long coefficient, long factor, SortedMap<Long, Long> expected) {
        Terms terms = Terms.NONE;
        for (long product : products) {
            terms = terms.plus(Terms.of(product, coefficient), 1);
            expected.merge(product, coefficient * factor, Long::sum);
        }
        return terms;
    }

    /** In the terms' own order, in which no product comes twice. */
    private static SortedMap<Long, Long> asMap(Terms terms) {
        SortedMap<Long, Long> map = new TreeMap<>();
        for (int i = 0; i < terms.size(); i++) {
            assertThat(i == 0 || terms.product(i - 1) < terms.product(i)).isTrue();
            assertThat(terms.coefficient(i)).isNotZero();
            map.put(terms.product(i), terms.coefficient(i));
        }
        return map;
    }
}
