package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Sattolo's shuffle: every element comes to another place, in one cycle that goes through all of
 * them. Source: shuffle_array of the kernel's module; S. Sattolo, "An algorithm to generate a
 * random cyclic permutation", 1986.
 */
final class Shuffle {

    private Shuffle() {}

    static <T> List<T> of(List<T> elements, RandomGenerator random) {
        List<T> shuffled = new ArrayList<>(elements);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i));
        }
        return shuffled;
    }
}
