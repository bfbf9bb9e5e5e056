package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.jkasan.samples.launch.MavenJars;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class of well-known libraries and of the JDK itself, rewritten and verified. */
class CorpusIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    private static final String PROGRAMS = CorpusIT.class.getPackageName() + ".program.";

    private static final String FAILED = "FAILED ";

    private static final int CLASSES = 100_000;

    private static final int LIBRARIES = 60;

    @TempDir Path directory;

    @Tag("slow")
    @ParameterizedTest
    @MethodSource(JDKS)
    void libraries_rewritten_verify(Jdk jdk) throws IOException {
        List<String> coordinates = coordinates();
        List<Path> jars = MavenJars.resolve(coordinates);

        int classes = check(jdk, jars);

        assertThat(coordinates).hasSizeGreaterThanOrEqualTo(LIBRARIES);
        assertThat(classes).isGreaterThan(CLASSES);
    }

    /** The same, so small that it always runs: what the tests themselves stand on. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void librariesOfTheTests_rewritten_verify(Jdk jdk) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String name :
                List.of(
                        "byte-buddy-1",
                        "junit-jupiter-engine",
                        "mockito-core",
                        "org.apache.felix")) {
            jars.add(UnderTest.library(name));
        }

        assertThat(check(jdk, jars)).isGreaterThan(2_000);
    }

    /**
     * A JVM that runs on its own rewritten modules, and verifies all of them as it does no other.
     */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource(JDKS)
    void classLibrary_rewritten_verifies(Jdk jdk) throws IOException {
        Path patches = directory.resolve("patches");
        JvmResult rewritten =
                ChildJvm.on(jdk)
                        .options("-Xmx1g", "-XX:+UseSerialGC")
                        .main(classPath(), PROGRAMS + "RewriteJdk", patches.toString())
                        .run();
        assertThat(rewritten.status()).as(rewritten.toString()).isZero();
        System.out.println(jdk + "\n" + rewritten.out());
        ChildJvm plain = linking(jdk);
        ChildJvm patched = linking(jdk);
        try (Stream<Path> modules = Files.list(patches)) {
            modules.forEach(
                    module ->
                            patched.options("--patch-module", module.getFileName() + "=" + module));
        }

        JvmResult result = patched.run();

        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.outLines()).isEqualTo(plain.run().outLines());
        assertThat(count(rewritten)).isGreaterThan(20_000);
    }

    private static ChildJvm linking(Jdk jdk) {
        return ChildJvm.on(jdk)
                .options("-Xmx1g", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions")
                .options("-XX:+BytecodeVerificationLocal")
                .options("--add-modules", "ALL-SYSTEM")
                .main(List.of(UnderTest.testClasses()), PROGRAMS + "LinkJdk");
    }

    private int check(Jdk jdk, List<Path> jars) throws IOException {
        Path list = directory.resolve("jars");
        Files.write(list, jars.stream().map(Path::toString).toList());
        JvmResult result =
                ChildJvm.on(jdk)
                        .options("-Xmx1g", "-XX:+UseSerialGC")
                        .patience(Duration.ofMinutes(20))
                        .main(classPath(), PROGRAMS + "Corpus", list.toString())
                        .run();

        assertThat(result.status()).as(result.toString()).isZero();
        System.out.println(jdk + "\n" + result.out());
        assertThat(result.outLines()).noneMatch(line -> line.startsWith(FAILED));
        return count(result);
    }

    /** The classes that the table's last row has. */
    private static int count(JvmResult result) {
        String[] all = result.outLines().get(result.outLines().size() - 1).split("\\|");
        return Integer.parseInt(all[2].strip());
    }

    private List<Path> classPath() throws IOException {
        List<Path> paths = new ArrayList<>(nested());
        paths.add(UnderTest.testClasses());
        for (String name : List.of("asm-9", "asm-tree", "asm-analysis", "asm-util")) {
            paths.add(UnderTest.library(name));
        }
        return paths;
    }

    /** The agent's rewriting as it is shipped. */
    private List<Path> nested() throws IOException {
        List<Path> nested = new ArrayList<>();
        try (JarFile jar = new JarFile(UnderTest.AGENT.toFile())) {
            for (String name : List.of("jkasan-agent.jar", "runtime-boot.jar")) {
                JarEntry entry = jar.getJarEntry("META-INF/jkasan/" + name);
                Path file = directory.resolve(name);
                if (!Files.exists(file)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
                nested.add(file);
            }
        }
        return nested;
    }

    private static List<String> coordinates() throws IOException {
        try (InputStream in = CorpusIT.class.getResourceAsStream("corpus.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
