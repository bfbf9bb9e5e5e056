package org.jkasan.samples.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

    private static final List<Path> CLASS_PATH =
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .toList();

    private final ChildJvm child = ChildJvm.on(Jdks.running());

    @Test
    void run_collectsOutputAndStatus() {
        JvmResult result =
                child.options("-Dgreeting=hello")
                        .main(CLASS_PATH, Talker.class.getName(), "3", "a b")
                        .run();

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.outLines()).containsExactly("hello", "a b");
        assertThat(result.errLines()).containsExactly("to err");
    }

    @Test
    void run_neverEnding_killsAndTells() {
        child.main(CLASS_PATH, Talker.class.getName(), "forever").patience(Duration.ofMillis(1500));

        assertThatThrownBy(child::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Killed after PT1.5S")
                .hasMessageContaining("forever");
    }

    @Test
    void command_agentWithArguments() {
        child.agent(Path.of("a.jar"), "x=1", "y=2").jar(Path.of("p.jar"), "arg");

        assertThat(child.command())
                .containsExactly(
                        Jdks.running().java().toString(),
                        "-javaagent:a.jar=x=1,y=2",
                        "-jar",
                        "p.jar",
                        "arg");
    }

    @Test
    void command_addressSpace_goesThroughTheShell() {
        child.addressSpace(1024).jar(Path.of("p.jar"));

        assertThat(child.command()).startsWith("sh", "-c", "ulimit -v 1024 && exec \"$@\"", "sh");
    }

    /** Says what it was given and ends with the status it was given, or not at all. */
    static final class Talker {

        private Talker() {}

        public static void main(String[] args) throws InterruptedException {
            if (args[0].equals("forever")) {
                Thread.currentThread().join();
            }
            System.out.println(System.getProperty("greeting"));
            System.out.println(args[1]);
            System.err.println("to err");
            System.exit(Integer.parseInt(args[0]));
        }
    }
}
