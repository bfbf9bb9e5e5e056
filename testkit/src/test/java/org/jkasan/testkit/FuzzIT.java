package org.jkasan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A campaign of Jazzer against random generation with the same budget; with profile fuzz only. */
@EnabledIfSystemProperty(named = "jkasan.fuzz", matches = "true")
class FuzzIT {

    private static final String SECONDS = "60";

    /** What Jazzer exits with after a finding. */
    private static final int FINDING = 77;

    @Test
    void lockedDriver_isUnlockedByCoverageAndNotByChance(@TempDir Path directory)
            throws IOException {
        JvmResult fuzzed =
                ChildTests.attached(Jdks.running(), "kasan.exclude=com.code_intelligence.*")
                        .options("-Xmx512m")
                        .directory(directory)
                        .main(
                                ChildTests.classPath(),
                                "com.code_intelligence.jazzer.Jazzer",
                                "--target_class=org.jkasan.testkit.example.LockedFuzzer",
                                "--instrumentation_includes=org.jkasan.testkit.example.**",
                                "-use_value_profile=1",
                                "-max_len=180",
                                "-max_total_time=" + SECONDS)
                        .run();
        JvmResult random =
                ChildTests.attached(Jdks.running())
                        .options("-Xmx512m")
                        .main(
                                ChildTests.classPath(),
                                "org.jkasan.testkit.example.RandomCampaign",
                                SECONDS,
                                "1")
                        .run();

        assertThat(fuzzed.status()).as(fuzzed.toString()).isEqualTo(FINDING);
        assertThat(fuzzed.err()).contains("slab-out-of-bounds in LockedDriver.write");
        assertThat(random.out()).endsWith(" programs, not found\n");
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.map(path -> path.getFileName().toString()).toList();
            assertThat(names).anyMatch(name -> name.startsWith("crash-"));
        }
    }
}
