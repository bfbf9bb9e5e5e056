package org.jkasan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM says that may not have its shadow: each time another JVM under another limit. */
class HostRefusalIT {

    private static final String EXPORTS = "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED";

    @TempDir private Path directory;

    /** Reserves what a shadow needs and prints the sentence of a refusal, alone on its line. */
    static final class Probe {

        private Probe() {}

        public static void main(String[] arguments) {
            try {
                HostMemory host = HostMemories.fromClassPath();
                long start = host.reserve(1L << 44, host.pageSize(), "the shadow");
                host.release(start, 1L << 44);
                System.out.println("reserved");
            } catch (HostMemoryException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static List<String> classPathWithoutJna() {
        List<String> kept = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            if (!Path.of(entry).getFileName().toString().startsWith("jna")) {
                kept.add(entry);
            }
        }
        return kept;
    }

    private String run(String before, String options, String classPath)
            throws IOException, InterruptedException {
        Path output = directory.resolve("out");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process child =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                before
                                        + "exec \"$0\" -Xmx32m -XX:ReservedCodeCacheSize=32m"
                                        + " -XX:CompressedClassSpaceSize=32m "
                                        + options
                                        + " -cp \"$1\" 'org.jkasan.host.HostRefusalIT$Probe'",
                                java,
                                classPath)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(child.waitFor()).isZero();
        return Files.readString(output).strip();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    @Test
    void noLimit_reserves() throws IOException, InterruptedException {
        assertThat(run("", EXPORTS, classPath())).isEqualTo("reserved");
    }

    @Test
    @EnabledOnOs(LINUX)
    void addressSpaceLimit_isNamed() throws IOException, InterruptedException {
        assertThat(run("ulimit -v 8388608; ", EXPORTS, classPath()))
                .isEqualTo(
                        "The host refuses to reserve 16 TiB for the shadow: ulimit -v allows 8 GiB"
                                + " of address space; start java after ulimit -v unlimited.");
    }

    @Test
    @EnabledOnOs(LINUX)
    void dataLimit_isNamed() throws IOException, InterruptedException {
        assertThat(run("ulimit -d 8388608; ", EXPORTS, classPath()))
                .contains("ulimit -d allows 8 GiB of private memory");
    }

    @Test
    void missingExport_isNamed() throws IOException, InterruptedException {
        assertThat(run("", "", classPath()))
                .contains("start it with --add-exports java.base/jdk.internal.misc=ALL-UNNAMED");
    }

    @Test
    void temporaryDirectoryThatDoesNotExist_isNamed() throws IOException, InterruptedException {
        assertThat(run("", EXPORTS + " -Djna.tmpdir=/dev/null/none", classPath()))
                .startsWith("JNA cannot load its native library (")
                .contains("/dev/null/none")
                .endsWith("with -Djna.tmpdir=DIR.");
    }

    @Test
    void missingJna_isNamed() throws IOException, InterruptedException {
        assertThat(run("", EXPORTS, String.join(":", classPathWithoutJna())))
                .startsWith("JNA is missing (com/sun/jna/");
    }
}
