package org.jkasan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;

/** Runs classes of tests in child JVMs. */
final class ChildTests {

    /** The installed JDKs, for parameterized tests. */
    static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    private static final Path AGENT = Path.of(System.getProperty("jkasan.agent")).normalize();
    private static final String RUNNER = "org.jkasan.testkit.program.RunTests";

    private static final Pattern RESULT = Pattern.compile("^(SUCCESSFUL|FAILED|ABORTED|SKIPPED) ");

    private ChildTests() {}

    /** A JVM with the packaged agent. */
    static ChildJvm attached(Jdk jdk, String... options) {
        return ChildJvm.on(jdk).agent(AGENT, options);
    }

    /** A JVM that runs the runtime from the class path. */
    static ChildJvm withoutAgent(Jdk jdk) {
        ChildJvm child = ChildJvm.on(jdk);
        child.options("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED");
        return jdk.feature() < 22 ? child : child.options("--enable-native-access=ALL-UNNAMED");
    }

    /** Runs a class, with configuration parameters; a line for each test, as the runner says. */
    static List<String> run(ChildJvm child, String tests, String... parameters) {
        String[] arguments =
                Stream.of(
                                Stream.of("org.jkasan.testkit." + tests),
                                fresh(),
                                Arrays.stream(parameters))
                        .flatMap(some -> some)
                        .toArray(String[]::new);
        JvmResult result =
                child.options("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .main(classPath(), RUNNER, arguments)
                        .run();
        assertThat(result.status()).as(result.toString()).isZero();
        return result.outLines().stream().filter(RESULT.asPredicate()).toList();
    }

    /** What has jqwik begin anew each time, whatever failed before. */
    private static Stream<String> fresh() {
        return Stream.of(
                "jqwik.database=target/jqwik-child-database",
                "jqwik.failures.after.default=RANDOM_SEED");
    }

    /** The class path of this JVM. */
    static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of).toList();
    }

    /** The line about a test. */
    static String line(List<String> lines, String test) {
        return lines.stream()
                .filter(line -> line.contains(" " + test + ":") || line.contains(" " + test + "("))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + test + " in " + lines));
    }
}
