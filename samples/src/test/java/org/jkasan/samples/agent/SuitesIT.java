package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.jkasan.samples.launch.MavenJars;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The test suites of real libraries, by JUnit's own launcher, without the agent and with it: the
 * same tests are found, and none fails under the agent that does not fail without it.
 */
@Tag("slow")
class SuitesIT {

    private static final String LAUNCHER = "org.junit.platform.console.ConsoleLauncher";

    private static final Pattern FOUND = Pattern.compile("\\[ *(\\d+) tests found *]");

    /** A failed test in the launcher's tree: its class and method are in the line of its id. */
    private static final Pattern FAILED =
            Pattern.compile("^ *(?:JUnit Jupiter|JUnit Vintage):(.+)$");

    /** Some tests fail now and then by themselves; who does so twice, and only here, is ours. */
    private static final int ATTEMPTS = 3;

    /** Packages of java.base that the libraries' own builds open to their tests. */
    private static final List<String> OPEN =
            List.of("java.lang", "java.nio", "java.util", "jdk.internal.ref", "sun.nio.ch");

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void suite_underTheAgent_givesTheSame(Suite suite) throws IOException {
        List<Path> jars = MavenJars.resolve(suite.coordinates());
        Files.createDirectories(directory.resolve("target"));
        JvmResult plain = run(suite, jars, false);
        Set<String> allowed = new TreeSet<>(failures(plain));
        Set<String> ours = null;
        for (int i = 0; i < ATTEMPTS && (ours == null || !ours.isEmpty()); i++) {
            JvmResult checked = run(suite, jars, true);
            assertThat(found(checked)).as(suite + "\n" + tail(checked)).isEqualTo(found(plain));
            assertThat(checked.err()).contains(" 0 failed, ").doesNotContain("BUG: KASAN");
            Set<String> failed = failures(checked);
            failed.removeAll(allowed);
            if (ours == null) {
                ours = failed;
                System.out.println(suite + ": " + summary(plain) + "; agent: " + summary(checked));
                System.out.println(rewritten(checked));
            } else {
                ours.retainAll(failed);
            }
        }
        assertThat(found(plain)).isPositive();
        assertThat(ours).as(suite + ": fail under the agent only, each time").isEmpty();
    }

    private JvmResult run(Suite suite, List<Path> jars, boolean agent) {
        ChildJvm child =
                ChildJvm.on(Jdks.running())
                        .options("-Xmx2g", "-ea", "-Duser.timezone=UTC")
                        .options("-Dio.netty.tryReflectionSetAccessible=true")
                        .directory(directory)
                        .patience(Duration.ofMinutes(30));
        for (String open : OPEN) {
            child.options("--add-opens", "java.base/" + open + "=ALL-UNNAMED");
        }
        if (agent) {
            child.agent(UnderTest.AGENT);
        }
        List<String> arguments = new ArrayList<>(List.of("execute", "--disable-banner"));
        arguments.addAll(List.of("--details=summary", "--disable-ansi-colors"));
        arguments.addAll(suite.selectors());
        return child.main(jars, LAUNCHER, arguments.toArray(String[]::new)).run();
    }

    private static int found(JvmResult result) {
        Matcher matcher = FOUND.matcher(result.out());
        assertThat(matcher.find()).as(tail(result)).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    /** The tests that failed, by the names that the launcher gives them. */
    private static Set<String> failures(JvmResult result) {
        Set<String> failures = new TreeSet<>();
        for (String line : result.outLines()) {
            Matcher matcher = FAILED.matcher(line);
            if (matcher.matches()) {
                failures.add(matcher.group(1));
            }
        }
        return failures;
    }

    private static String summary(JvmResult result) {
        return String.join(
                ", ",
                result.outLines().stream()
                        .filter(line -> line.matches("\\[ *\\d+ tests .*]"))
                        .map(line -> line.replaceAll("[\\[\\]]", "").strip())
                        .toList());
    }

    /** The agent's last line: what it has rewritten. */
    private static String rewritten(JvmResult result) {
        return result.err()
                .lines()
                .filter(line -> line.contains(" 0 failed, "))
                .findFirst()
                .orElseThrow();
    }

    private static String tail(JvmResult result) {
        String text = result.toString();
        return text.substring(Math.max(0, text.length() - 2_000));
    }
}
