package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in a JVM that runs already. */
class LateAttachIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    @ParameterizedTest
    @MethodSource(JDKS)
    void agentmain_instrumentsWhatIsLoadedAndWhatFollows(Jdk jdk) {
        JvmResult result = attach(jdk, "kasan.include=*.Hello:*.Overflow");

        assertThat(result.outLines())
                .containsExactly(
                        "attached", "hello", "Index 13 out of bounds for length 13", "went on");
        assertThat(UnderTest.titles(result)).hasSize(4);
        assertThat(UnderTest.err(result))
                .last()
                .asString()
                .startsWith("jkasan: 2 classes instrumented, 0 failed, ");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void agentmain_refusesAndTheProgramGoesOn(Jdk jdk) {
        JvmResult result = attach(jdk, "kasan.fault=no", "kasan.fault=report", "kasan.log=x");

        assertThat(result.status()).isZero();
        assertThat(result.outLines())
                .startsWith("refused", "attached", "refused", "hello")
                .endsWith("went on");
        assertThat(UnderTest.titles(result)).hasSize(4);
        assertThat(result.err())
                .contains("jkasan: Option kasan.fault in the agent's arguments has the bad value")
                .contains("jkasan: The agent is attached to this JVM already; attach it once.");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void agentmain_afterTheProgramsOwnRuntime_isRefused(Jdk jdk) {
        JvmResult result = attach(jdk, "early", "kasan.fault=report");

        assertThat(result.outLines()).startsWith("enabled: false", "refused").endsWith("went on");
        assertThat(result.err())
                .contains(
                        "jkasan: The program has loaded a runtime of JKASAN of its own (org.jkasan.")
                .doesNotContain("BUG: KASAN");
    }

    private static JvmResult attach(Jdk jdk, String... arguments) {
        ChildJvm child =
                ChildJvm.on(jdk)
                        .options("-Xmx128m", "-Djdk.attach.allowAttachSelf=true")
                        .options("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED");
        String[] all = new String[arguments.length + 1];
        all[0] = UnderTest.AGENT.toString();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return UnderTest.run(child, "LateAttach", all);
    }
}
