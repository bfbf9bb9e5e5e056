package org.jkasan.samples.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdksTest {

    @TempDir Path machine;

    @Test
    void installed_holdsTheRunningOne() {
        assertThat(Jdks.installed()).contains(Jdks.running());
        assertThat(Jdks.running().feature()).isEqualTo(Runtime.version().feature());
        assertThat(Jdks.running().java()).isExecutable();
    }

    @Test
    void installed_hasNoOneTwice() {
        assertThat(Jdks.installed()).doesNotHaveDuplicates();
    }

    @Test
    void find_takesSiblingsOldestFirst() throws IOException {
        Path running = install("jvm/b", "25.0.1");
        install("jvm/a", "17.0.2");
        install("jvm/c", "11.0.9");

        assertThat(Jdks.find(running, List.of(), null))
                .extracting(Jdk::feature)
                .containsExactly(17, 25);
    }

    @Test
    void find_prefersTheRunningOneOfARelease() throws IOException {
        install("jvm/a", "17.0.2");
        Path running = install("jvm/b", "17.0.9");

        assertThat(Jdks.find(running, List.of(), null))
                .extracting(Jdk::home)
                .containsExactly(running.toRealPath());
    }

    @Test
    void find_followsTheLinkOfTheRunningOne() throws IOException {
        Path running = install("store/b", "25");
        install("store/a", "17");
        Path link = Files.createSymbolicLink(machine.resolve("current"), running);

        assertThat(Jdks.find(link, List.of(), null)).hasSize(2);
    }

    @Test
    void find_knowsTheLayoutOfMacOs() throws IOException {
        Path running = install("jvm/b.jdk/Contents/Home", "25");
        install("jvm/a.jdk/Contents/Home", "17");

        assertThat(Jdks.find(running, List.of(), null)).hasSize(2);
    }

    @Test
    void find_looksInTheUsualPlaces() throws IOException {
        Path running = install("home/b", "25");
        install("jvm/a", "21.0.1");

        assertThat(Jdks.find(running, List.of(machine.resolve("jvm")), null)).hasSize(2);
    }

    @Test
    void find_takesEveryNamedOne() throws IOException {
        Path running = install("jvm/a", "17.0.2");
        Path other = install("elsewhere/x", "17.0.3");
        Path third = install("elsewhere/y", "17.0.4");

        assertThat(Jdks.find(running, List.of(), other + ":" + third + ":" + running))
                .extracting(Jdk::version)
                .containsExactly("17.0.2", "17.0.3", "17.0.4");
    }

    @Test
    void find_namedWithoutJdk_saysWhich() throws IOException {
        Path running = install("jvm/a", "17");

        assertThatThrownBy(() -> Jdks.find(running, List.of(), "/nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "JKASAN_JDKS names /nowhere, which holds no JDK of 17 or later;"
                                + " name homes of JDKs, separated by ':'");
    }

    @Test
    void at_malformedVersion_isNoJdk() throws IOException {
        assertThat(Jdk.at(install("jvm/a", "seventeen"))).isEmpty();
    }

    @Test
    void at_directoryWithoutLauncher_isNoJdk() throws IOException {
        Path home = install("jvm/a", "17");
        Files.delete(home.resolve("bin/java"));

        assertThat(Jdk.at(home)).isEmpty();
    }

    private Path install(String where, String version) throws IOException {
        Path home = machine.resolve(where);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createFile(home.resolve("bin/java"));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}
