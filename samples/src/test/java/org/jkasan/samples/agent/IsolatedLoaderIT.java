package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class loaders that do not ask the boot loader for the runtime: their classes run unchecked. */
class IsolatedLoaderIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    @ParameterizedTest
    @MethodSource(JDKS)
    void loaderWithoutTheRuntime_isNamedAndItsClassesRun(Jdk jdk) {
        assertUnchecked(
                UnderTest.run(UnderTest.attached(jdk), "Isolated", "isolated"),
                " does not find JKASAN's runtime at the boot loader, ");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void loaderWithARuntimeOfItsOwn_isNamedAndItsClassesRun(Jdk jdk) {
        assertUnchecked(
                UnderTest.run(UnderTest.attached(jdk), "Isolated", "parent last"),
                " brings a runtime of JKASAN of its own, which checks nothing, ");
    }

    private static void assertUnchecked(JvmResult result, String why) {
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.outLines()).containsExactly("hello");
        assertThat(UnderTest.err(result)).hasSize(2);
        assertThat(UnderTest.err(result).get(0)).contains("Isolated$ParentLast" + why);
        assertThat(UnderTest.err(result).get(1)).contains(" instrumented, 1 failed, ");
    }
}
