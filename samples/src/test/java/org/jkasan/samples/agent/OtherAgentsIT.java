package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jacoco.core.internal.data.CRC64;
import org.jacoco.core.tools.ExecFileLoader;
import org.jkasan.samples.agent.program.Advising;
import org.jkasan.samples.agent.program.Reader;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside other agents, before and behind them: both do their work. */
class OtherAgentsIT {

    private static final String INDEX = "Index 13 out of bounds for length 13";

    @TempDir Path directory;

    static Stream<Arguments> jdksAndOrders() {
        return Jdks.installed().stream()
                .flatMap(jdk -> Stream.of(Arguments.of(jdk, true), Arguments.of(jdk, false)));
    }

    /** JaCoCo knows classes by the check sum of their bytes, so it must see the program's own. */
    @ParameterizedTest
    @MethodSource("jdksAndOrders")
    void jacoco_coversTheClassesAsTheyAreOnDisk(Jdk jdk, boolean first) throws IOException {
        Path coverage = directory.resolve("coverage.exec");
        Path agent = UnderTest.library("org.jacoco.agent");

        JvmResult result =
                UnderTest.run(
                        beside(jdk, first, agent, "destfile=" + coverage), List.of(), "Reading");

        assertChecked(result, INDEX);
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(coverage.toFile());
        long id = CRC64.classId(classFile(Reader.class));
        assertThat(loader.getExecutionDataStore().get(id)).isNotNull();
        assertThat(loader.getExecutionDataStore().get(id).hasHits()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("jdksAndOrders")
    void byteBuddy_advisesWhatIsChecked(Jdk jdk, boolean first) throws IOException {
        List<Path> libraries = List.of(UnderTest.library("byte-buddy-1"));

        JvmResult result = UnderTest.run(beside(jdk, first, advising(), ""), libraries, "Reading");

        assertChecked(result, "advised 2", INDEX);
    }

    @ParameterizedTest
    @MethodSource("jdksAndOrders")
    void mockito_mocksWhatIsChecked(Jdk jdk, boolean first) {
        List<Path> libraries =
                List.of(
                        UnderTest.library("mockito-core"),
                        UnderTest.library("byte-buddy-1"),
                        UnderTest.library("byte-buddy-agent"),
                        UnderTest.library("objenesis"));

        JvmResult result =
                UnderTest.run(
                        beside(jdk, first, UnderTest.library("mockito-core"), ""),
                        libraries,
                        "Mocking");

        assertChecked(result, "42", "7", "6", INDEX);
    }

    private static ChildJvm beside(Jdk jdk, boolean first, Path other, String arguments) {
        ChildJvm child = ChildJvm.on(jdk).options("-Xmx128m");
        String option = "-javaagent:" + other + (arguments.isEmpty() ? "" : "=" + arguments);
        return first
                ? child.agent(UnderTest.AGENT).options(option)
                : child.options(option).agent(UnderTest.AGENT);
    }

    private static void assertChecked(JvmResult result, String... out) {
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.outLines()).as(result.toString()).containsExactly(out);
        assertThat(UnderTest.titles(result))
                .containsExactly(
                        "BUG: KASAN: vmalloc-out-of-bounds in Reader.accept",
                        "BUG: KASAN: vmalloc-out-of-bounds in Reader.read");
        assertThat(result.err()).contains(" 0 failed, ");
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private Path advising() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Advising.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = directory.resolve("advising.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
