package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of class that a JVM has, by language, by format and by loader. */
class FeaturesIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    private static final String TITLE = "BUG: KASAN: vmalloc-out-of-bounds in ";

    @TempDir Path directory;

    /** All but the hidden class, which HotSpot shows to no agent. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void kindsOfClassesAndThreads_areChecked(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk), "Features");

        assertThat(result.outLines())
                .as(result.toString())
                .containsExactly("hidden: true", "went on");
        List<String> expected =
                new ArrayList<>(
                        List.of(
                                "Features.lambda$main$0",
                                "Features.past",
                                "Features$Cell.next",
                                "Features$Shape.edge",
                                "Features$Marker$1.mark"));
        if (jdk.feature() >= 21) {
            expected.add("Features.inVirtualThread");
        }
        assertThat(UnderTest.titles(result))
                .containsExactlyElementsOf(expected.stream().map(TITLE::concat).toList());
    }

    /** From 1.1 to the JVM's own version; the old ones with subroutines. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void versionsOfTheClassFileFormat_areChecked(Jdk jdk) {
        JvmResult result =
                UnderTest.run(
                        UnderTest.attached(jdk),
                        List.of(UnderTest.library("asm-9")),
                        "ClassVersions");

        int versions = jdk.feature();
        assertThat(result.outLines())
                .as(result.toString())
                .containsExactly(String.valueOf(versions));
        assertThat(UnderTest.titles(result))
                .hasSize(versions)
                .contains(TITLE + "V45.read", TITLE + "V49.read", TITLE + "V52.read")
                .contains(TITLE + "V" + (jdk.feature() + 44) + ".read");
        assertThat(UnderTest.err(result)).last().asString().contains(" 0 failed, ");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void bundlesOfOsgi_areChecked(Jdk jdk) {
        assertBundleChecked(jdk, "true");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void bundlesOfOsgi_withoutAnyBootDelegation_areChecked(Jdk jdk) {
        assertBundleChecked(jdk, "false");
    }

    private void assertBundleChecked(Jdk jdk, String implicitDelegation) {
        JvmResult result =
                UnderTest.run(
                        UnderTest.attached(jdk),
                        List.of(UnderTest.library("org.apache.felix.framework")),
                        "Bundles",
                        directory.toString(),
                        implicitDelegation);

        assertThat(result.outLines())
                .as(result.toString())
                .containsExactly("Index 13 out of bounds for length 13");
        assertThat(UnderTest.titles(result))
                .containsExactly(TITLE + "Reader.accept", TITLE + "Reader.read");
        assertThat(UnderTest.err(result)).last().asString().contains(" 0 failed, ");
    }
}
