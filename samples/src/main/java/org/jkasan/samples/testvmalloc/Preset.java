package org.jkasan.samples.testvmalloc;

import static org.jkasan.samples.testvmalloc.Parameter.SEQUENTIAL_TEST_ORDER;
import static org.jkasan.samples.testvmalloc.Parameter.SINGLE_CPU_TEST;
import static org.jkasan.samples.testvmalloc.Parameter.TEST_LOOP_COUNT;
import static org.jkasan.samples.testvmalloc.Parameter.TEST_REPEAT_COUNT;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parameters that the kernel's test_vmalloc.sh has names for. */
enum Preset {
    PERFORMANCE(
            Parameters.defaults()
                    .with(SINGLE_CPU_TEST, 1)
                    .with(SEQUENTIAL_TEST_ORDER, 1)
                    .with(TEST_REPEAT_COUNT, 3)),
    SMOKE(
            Parameters.defaults()
                    .with(SINGLE_CPU_TEST, 1)
                    .with(TEST_LOOP_COUNT, 10_000)
                    .with(TEST_REPEAT_COUNT, 10)),
    STRESS(Parameters.defaults().with(TEST_REPEAT_COUNT, 20));

    private final Parameters parameters;

    Preset(Parameters parameters) {
        this.parameters = parameters;
    }

    Parameters parameters() {
        return parameters;
    }

    static Optional<Preset> named(String key) {
        return Arrays.stream(values())
                .filter(preset -> preset.name().toLowerCase(Locale.ROOT).equals(key))
                .findFirst();
    }
}
