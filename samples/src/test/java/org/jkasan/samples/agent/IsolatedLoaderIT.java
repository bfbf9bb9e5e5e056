package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Class loaders that do not ask the boot loader for the runtime: their classes are checked, too.
 */
class IsolatedLoaderIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    @ParameterizedTest
    @MethodSource(JDKS)
    void loaderWithoutTheRuntime_isChecked(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk), "Isolated", "isolated");

        assertChecked(result);
        assertThat(UnderTest.err(result).stream().filter(line -> line.startsWith("jkasan: ")))
                .singleElement()
                .asString()
                .contains(" 0 failed, ");
    }

    /** What it loads that has no need of its own runtime is checked; what has is named. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void loaderWithARuntimeOfItsOwn_isNamed(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk), "Isolated", "parent last");

        assertChecked(result);
        assertThat(UnderTest.err(result).stream().filter(line -> line.startsWith("jkasan: ")))
                .hasSize(2)
                .anyMatch(
                        line ->
                                line.contains(
                                        "Isolated$ParentLast brings a runtime of JKASAN of its own,"
                                                + " which checks nothing, "))
                .anyMatch(line -> line.contains(" instrumented, 1 failed, "));
    }

    private static void assertChecked(JvmResult result) {
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.outLines()).startsWith("hello", "Index 13 out of bounds for length 13");
        assertThat(UnderTest.titles(result))
                .containsExactly(
                        "BUG: KASAN: vmalloc-out-of-bounds in Reader.accept",
                        "BUG: KASAN: vmalloc-out-of-bounds in Reader.read");
        assertThat(result.err()).doesNotContain("$JKasan");
    }
}
