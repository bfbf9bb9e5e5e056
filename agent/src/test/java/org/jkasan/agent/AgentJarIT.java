package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jkasan.agent.rewrite.catalogue.InterceptTable;
import org.junit.jupiter.api.Test;

/** The one file that users attach: exactly what is in it. */
class AgentJarIT {

    private static final Path JAR = Path.of(System.getProperty("jkasan.agent"));

    @Test
    void entries_areExactlyThese() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
                    .containsExactlyInAnyOrder(
                            "LICENSE",
                            "META-INF/MANIFEST.MF",
                            "META-INF/jkasan/host-jna.jar",
                            "META-INF/jkasan/jkasan-agent.jar",
                            "META-INF/jkasan/jkasan-jna.jar",
                            "META-INF/jkasan/runtime-boot.jar",
                            "META-INF/licenses/ASM.txt",
                            "org/jkasan/agent/boot/AgentLoader.class",
                            "org/jkasan/agent/boot/Attach$Use.class",
                            "org/jkasan/agent/boot/Attach.class",
                            "org/jkasan/agent/boot/Boot.class",
                            "org/jkasan/agent/boot/Commands.class",
                            "org/jkasan/agent/boot/Intercepts.class",
                            "org/jkasan/agent/boot/JnaLayer$Finder.class",
                            "org/jkasan/agent/boot/JnaLayer$Reference.class",
                            "org/jkasan/agent/boot/JnaLayer.class",
                            "org/jkasan/agent/boot/LoadingPolicy.class",
                            "org/jkasan/agent/boot/NestedJars.class",
                            "org/jkasan/agent/boot/Premain.class",
                            "org/jkasan/agent/boot/RuntimeJar$WrongOptionsException.class",
                            "org/jkasan/agent/boot/RuntimeJar.class",
                            "org/jkasan/agent/boot/Start.class",
                            "org/jkasan/agent/boot/Usage.class");
        }
    }

    @Test
    void manifest_namesTheEntryPointsAndTheVersion() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            String premain = "org.jkasan.agent.boot.Premain";
            assertThat(manifest.getValue("Premain-Class")).isEqualTo(premain);
            assertThat(manifest.getValue("Agent-Class")).isEqualTo(premain);
            assertThat(manifest.getValue("Main-Class")).isEqualTo(premain);
            assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
            assertThat(manifest.getValue("Can-Redefine-Classes")).isEqualTo("true");
            assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
        }
    }

    /** A JVM that is too old must be able to load the class that says so. */
    @Test
    void entryPoints_areForJava8() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                DataInputStream in =
                        new DataInputStream(
                                jar.getInputStream(
                                        jar.getEntry("org/jkasan/agent/boot/Premain.class")))) {
            in.readInt(); // the magic
            assertThat(in.readInt()).isEqualTo(52);
        }
    }

    @Test
    void intercepts_printsTheTable() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                JAR.toString(),
                                "intercepts")
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(printed).isEqualTo(InterceptTable.text());
    }
}
