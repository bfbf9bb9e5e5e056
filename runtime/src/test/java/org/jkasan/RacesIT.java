package org.jkasan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every race as jcstress runs it: in JVMs of its own, interpreted and by each compiler. */
@Tag("slow")
class RacesIT {

    @TempDir private Path directory;

    @Test
    void races_endInNoForbiddenState() throws IOException, InterruptedException {
        Path output = directory.resolve("out");
        int status =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.openjdk.jcstress.Main",
                                "-m",
                                "quick",
                                "-r",
                                directory.toString(),
                                "-jvmArgsPrepend",
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED")
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
        String text = Files.readString(output);
        assertThat(status).as(text).isZero();
        assertThat(text).contains("All remaining tests").doesNotContain("[FAILED]");
    }
}
