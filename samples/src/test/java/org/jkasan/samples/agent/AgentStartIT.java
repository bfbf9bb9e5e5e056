package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jkasan.samples.agent.program.Saboteur;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the agent starts, and how it refuses to. */
class AgentStartIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_saysNothingButTheSummary(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk), "Hello");

        assertThat(result.status()).isZero();
        assertThat(result.outLines()).containsExactly("hello");
        assertThat(UnderTest.err(result))
                .singleElement()
                .asString()
                .matches(
                        "jkasan: 1 class instrumented, 0 failed, \\d checks? armed, 0 reports: no"
                                + " kernel was booted, so there was no memory to check");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_leavesNoTrace(Jdk jdk) {
        assertNoTrace(jdk);
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void firstKernel_leavesNoTrace(Jdk jdk) {
        assertNoTrace(jdk, "kernel");
    }

    private void assertNoTrace(Jdk jdk, String... arguments) {
        ChildJvm child = UnderTest.attached(jdk).options("-Djava.io.tmpdir=" + directory);

        JvmResult result = UnderTest.run(child, "Surroundings", arguments);

        assertThat(result.outLines()).as(result.toString()).containsExactly("looked around");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_besideTheApplicationsOwnLibraries(Jdk jdk) {
        ChildJvm child =
                UnderTest.attached(jdk)
                        .options(
                                jdk.feature() < 22
                                        ? "-Dnothing"
                                        : "--enable-native-access=ALL-UNNAMED");
        List<Path> libraries =
                List.of(UnderTest.library("byte-buddy-dep"), UnderTest.library("asm-9"));

        JvmResult result = UnderTest.run(child, libraries, "OwnLibraries");

        assertThat(result.outLines()).containsExactly("generated", "1", "true", "true", "true");
        assertThat(UnderTest.err(result))
                .singleElement()
                .asString()
                .startsWith("jkasan: ")
                .contains(" 0 failed, ");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_twice_isRefused(Jdk jdk) {
        assertRefused(
                UnderTest.attached(jdk).agent(UnderTest.AGENT),
                "The agent is attached to this JVM already; attach it once.");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_hostWouldRefuseTheShadow_isNoMatterWithoutAKernel(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk).addressSpace(8 << 20), "Hello");

        assertThat(result.status()).as(result.toString()).isZero();
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void firstKernel_hostRefusesTheShadow(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk).addressSpace(8 << 20), "Overflow");

        assertThat(result.status()).as(result.toString()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(UnderTest.err(result))
                .contains(
                        "Exception in thread \"main\" org.jkasan.host.HostMemoryException: The host"
                                + " refuses to reserve 16677 GiB for the shadow: ulimit -v allows 8"
                                + " GiB of address space; start java after ulimit -v unlimited.");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_withoutAModuleItNeeds_namesIt(Jdk jdk) {
        assertRefused(
                UnderTest.attached(jdk).options("--limit-modules", "java.base,java.instrument"),
                "The agent needs the module java.logging, which this program runs without; add it"
                        + " with --add-modules java.logging.");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_deniedByTheSecurityManager_saysWhatToGrant(Jdk jdk) throws IOException {
        assumeTrue(jdk.feature() < 24, "later JDKs have no security manager");
        assertRefused(
                managed(jdk, ""),
                "The security manager denies the agent what it needs (access denied"
                        + " (\"java.lang.RuntimePermission\" \"getClassLoader\")); grant the code of"
                        + " jkasan.jar java.security.AllPermission in its policy.");

        String grant =
                "grant codeBase \"%s\" { permission java.security.AllPermission; };"
                        .formatted(UnderTest.AGENT.toUri());
        JvmResult result = UnderTest.run(managed(jdk, grant), "Hello");

        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(UnderTest.err(result)).last().asString().contains(" 0 failed, ");
    }

    private ChildJvm managed(Jdk jdk, String policy) throws IOException {
        Path file = Files.writeString(directory.resolve("policy"), policy);
        return UnderTest.attached(jdk)
                .options("-Djava.security.manager", "-Djava.security.policy=" + file);
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_nowhereToUnpack_saysWhere(Jdk jdk) {
        Path missing = directory.resolve("missing");

        JvmResult result =
                UnderTest.run(
                        UnderTest.attached(jdk).options("-Djava.io.tmpdir=" + missing), "Hello");

        assertThat(result.status()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(UnderTest.err(result))
                .filteredOn(line -> line.startsWith("jkasan: "))
                .singleElement()
                .asString()
                .startsWith("jkasan: The agent cannot unpack its jars into " + missing);
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void premain_checksThatDoNotWork_areFoundOut(Jdk jdk) throws IOException {
        ChildJvm child =
                ChildJvm.on(jdk).agent(saboteur()).options("-Xmx128m").agent(UnderTest.AGENT);

        JvmResult result = UnderTest.run(child, List.of(UnderTest.library("asm-9")), "Hello");

        assertThat(result.status()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(UnderTest.err(result))
                .containsExactly(
                        "jkasan: The checks do not work in this JVM (a bad access of a freshly"
                                + " loaded class to an array was not seen); another agent may undo"
                                + " the rewriting, so try without the others.");
    }

    @Test
    void jar_byItself_printsVersionOptionsAndHowToAttach() {
        JvmResult result = ChildJvm.on(Jdks.running()).jar(UnderTest.AGENT).run();

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("JKASAN ")
                .contains("-javaagent:jkasan.jar")
                .contains("  kasan.fault=report|throw|panic|panic_on_write")
                .contains("Default: report");
    }

    private static void assertRefused(ChildJvm child, String sentence) {
        JvmResult result = UnderTest.run(child, "Hello");

        assertThat(result.status()).as(result.toString()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(UnderTest.err(result)).contains("jkasan: " + sentence);
        assertThat(result.err()).doesNotContain("\tat ");
    }

    private Path saboteur() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Saboteur.class.getName());
        Path jar = directory.resolve("saboteur.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("nothing"));
            out.closeEntry();
        }
        return jar;
    }
}
