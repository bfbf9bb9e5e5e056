package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads that do nothing wrong: no report. */
class ChurnIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    @ParameterizedTest
    @MethodSource(JDKS)
    void rightAccessesOfManyThreads_areNotReported(Jdk jdk) {
        ChildJvm child = UnderTest.attached(jdk, "kasan_multi_shot").options("-Xmx512m");

        JvmResult result = UnderTest.run(child, "Churn", "8", "1500");

        assertThat(result.outLines()).as(result.toString()).containsExactly("done");
        assertThat(UnderTest.err(result))
                .singleElement()
                .asString()
                .startsWith("jkasan: ")
                .endsWith(" 0 reports");
    }
}
