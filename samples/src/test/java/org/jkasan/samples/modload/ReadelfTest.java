package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jkasan.kernel.Kernel;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The summary against {@code readelf}: real libraries of every JDK, and the files made by hand. */
class ReadelfTest {

    @TempDir Path directory;

    @BeforeAll
    static void needsReadelf() {
        Assumptions.assumeTrue(
                Readelf.isInstalled(), "NOT CHECKED: no readelf here to compare the summary with");
    }

    static List<Jdk> jdks() {
        return Jdks.installed();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void load_libjvm(Jdk jdk) throws Exception {
        agrees(jdk.home().resolve("lib/server").resolve(System.mapLibraryName("jvm")));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void load_libjimage(Jdk jdk) throws Exception {
        agrees(jdk.home().resolve("lib").resolve(System.mapLibraryName("jimage")));
    }

    @Test
    void load_madeByHand() throws Exception {
        agrees(file("small.so", SmallElf.shared()));
        agrees(file("arm.so", SmallElf.sharedAarch64()));
        agrees(file("small.o", SmallElf.object()));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static void agrees(Path path) throws BadModuleException {
        List<String> lines;
        try (Kernel kernel = Kernel.boot();
                ModuleFile file = ModuleFile.open(path)) {
            lines = new Loader(kernel.vmalloc(), kernel.memory(), Bug.NONE).load("x", file);
        }
        assertThat(
                        lines.stream()
                                .filter(line -> line.matches(" +\\[ *\\d+] .*"))
                                .map(ReadelfTest::words))
                .containsExactlyElementsOf(
                        Readelf.sections(path).stream().map(ReadelfTest::words).toList());
        assertThat(lines.stream().filter(line -> line.startsWith("Symbol table ")))
                .containsExactlyInAnyOrderElementsOf(Readelf.symbolTables(path));
        // Those of debugging sections change nothing in memory, and are not counted.
        List<String> types = Readelf.relocationTypes(path);
        assertThat(counts(types)).containsAllEntriesOf(relocationTypes(lines));
        if (!path.toString().endsWith(".o")) {
            assertThat(relocationTypes(lines)).isEqualTo(counts(types));
        }
    }

    private static String words(String line) {
        return String.join(" ", Arrays.asList(line.trim().split(" +")));
    }

    private static Map<String, Integer> relocationTypes(List<String> lines) {
        Map<String, Integer> counts = new TreeMap<>();
        lines.stream()
                .filter(line -> line.startsWith("  R_"))
                .map(line -> line.trim().split("[ ,]+"))
                .forEach(words -> counts.merge(words[0], Integer.valueOf(words[1]), Integer::sum));
        return counts;
    }

    private static Map<String, Integer> counts(List<String> types) {
        Map<String, Integer> counts = new TreeMap<>();
        types.forEach(type -> counts.merge(type, 1, Integer::sum));
        return counts;
    }
}
