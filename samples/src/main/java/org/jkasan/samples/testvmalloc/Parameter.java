package org.jkasan.samples.testvmalloc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A parameter of the module: its name, its default and the values that it can have. */
enum Parameter {
    /** A bit for each test to run; by default the eight of Linux 5.5, which runs all it has. */
    RUN_TEST_MASK(255, 1, Integer.MAX_VALUE),

    /** How often each test runs. */
    TEST_REPEAT_COUNT(1, 1, Integer.MAX_VALUE),

    /** How often the loop of a test goes round. */
    TEST_LOOP_COUNT(1_000_000, 1, Integer.MAX_VALUE),

    /** Whether only the first CPU has a worker, and not each. */
    SINGLE_CPU_TEST(0, 0, 1),

    /** Whether each worker keeps the order of the tests, and does not shuffle it. */
    SEQUENTIAL_TEST_ORDER(0, 0, 1),

    /** How many workers there are, bound to no CPU; 0 is one bound to each CPU. */
    NR_THREADS(0, 0, 65535),

    /** Pages that some tests allocate at a time; 0 is as many as they do by themselves. */
    NR_PAGES(0, 0, 1 << 18),

    /** Whether fix_size_alloc_test asks for huge pages. */
    USE_HUGE(0, 0, 1);

    private final int defaultValue;
    private final int least;
    private final int most;

    Parameter(int defaultValue, int least, int most) {
        this.defaultValue = defaultValue;
        this.least = least;
        this.most = most;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    int defaultValue() {
        return defaultValue;
    }

    /** Whether Linux 5.5 has it not. */
    boolean isOfLinux619() {
        return this == NR_THREADS || this == NR_PAGES || this == USE_HUGE;
    }

    private boolean isFlag() {
        return most == 1;
    }

    /**
     * What a value means: a number, decimal or hexadecimal with 0x, and for a flag y and n as well.
     *
     * @throws UsageException for any other
     */
    int parse(String value) throws UsageException {
        if (isFlag() && value.equalsIgnoreCase("y")) {
            return 1;
        }
        if (isFlag() && value.equalsIgnoreCase("n")) {
            return 0;
        }
        try {
            long number = Long.decode(value);
            if (number >= least && number <= most) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException(
                "%s=%s, expected %s".formatted(key(), value, isFlag() ? "0, 1, n or y" : range()));
    }

    private String range() {
        return "a number of %d to %d".formatted(least, most);
    }

    static Optional<Parameter> named(String key) {
        return Arrays.stream(values()).filter(parameter -> parameter.key().equals(key)).findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(Parameter::key).collect(Collectors.joining(", "));
    }
}
