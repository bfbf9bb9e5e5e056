package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HotSpot is told not to compile the agent with C2; what a user tells it about others stays. */
class OwnCompilationIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    private static final String AGENT = "matching: org/jkasan/agent/*.*";

    private static final String ALL = "matching: *.*";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(JDKS)
    void directives_areTheAgentsAndTheUsers(Jdk jdk) throws IOException {
        Path users = directory.resolve("users.json");
        Files.writeString(users, "[{ match: \"java/lang/String.length\", c1: { Log: false } }]");

        JvmResult result =
                directives(
                        jdk,
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:CompilerDirectivesFile=" + users);

        assertThat(result.outLines())
                .containsSubsequence(AGENT, "matching: java/lang/String.length", ALL);
        assertThat(directory).isDirectoryNotContaining("glob:**jkasan*");
    }

    /** There is no C1, and what C2 must not compile would be interpreted. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void directives_withoutC1_areNone(Jdk jdk) {
        assertThat(directives(jdk, "-XX:-TieredCompilation").outLines()).containsExactly(ALL);
        assertThat(directives(jdk, "-XX:CompilationMode=high-only").outLines())
                .containsExactly(ALL);
    }

    private JvmResult directives(Jdk jdk, String... options) {
        ChildJvm child =
                UnderTest.attached(jdk).options("-Djava.io.tmpdir=" + directory).options(options);
        JvmResult result = UnderTest.run(child, "Directives");
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(UnderTest.err(result)).singleElement().asString().startsWith("jkasan: ");
        return result;
    }
}
