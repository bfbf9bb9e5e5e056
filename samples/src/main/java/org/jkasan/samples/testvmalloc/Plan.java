package org.jkasan.samples.testvmalloc;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often a turn does what is repeated of a test: its loop's body, or, where the test has no loop
 * of its own, all of it, as test_repeat_count does. The same for all configurations.
 */
record Plan(Map<VmallocTest, Integer> times) {

    private static final int FEWEST_LOOPS = 500;

    /** The least that says anything. */
    static Plan least() {
        Map<VmallocTest, Integer> times = new EnumMap<>(VmallocTest.class);
        TableRow.TESTS.forEach(test -> times.put(test, least(test)));
        return new Plan(times);
    }

    /**
     * The plan under which turns last about equally long in what they repeat.
     *
     * @param seconds how long; tests take longer of which the least does
     * @param pace how long tests take
     */
    static Plan lasting(double seconds, Pace pace) {
        Map<VmallocTest, Integer> times = new EnumMap<>(VmallocTest.class);
        for (VmallocTest test : TableRow.TESTS) {
            double fit = Math.min(Measurements.LOOPS, seconds / pace.seconds(test));
            times.put(test, Math.max(least(test), (int) fit));
        }
        return new Plan(times);
    }

    private static int least(VmallocTest test) {
        return test.hasLoop() ? FEWEST_LOOPS : 1;
    }

    int times(VmallocTest test) {
        return times.get(test);
    }

    /** Both kinds of tests, as in "loops: fix_size 500; passes: pcpu 1". */
    @Override
    public String toString() {
        return "loops: " + text(true) + "; passes: " + text(false);
    }

    private String text(boolean loops) {
        List<VmallocTest> tests =
                TableRow.TESTS.stream().filter(test -> test.hasLoop() == loops).toList();
        return tests.stream()
                .map(test -> test.name().toLowerCase(Locale.ROOT) + " " + times(test))
                .collect(Collectors.joining(", "));
    }
}
