package org.jkasan.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedJarsTest {

    @TempDir Path home;

    @Test
    void unpack_takesTheNestedJarsOnly() throws IOException {
        Path jar = jar("META-INF/jkasan/runtime-boot.jar", "META-INF/jkasan/asm.jar", "a/B.class");
        try (NestedJars nested = NestedJars.unpack(jar)) {
            assertThat(nested.runtime()).hasContent("META-INF/jkasan/runtime-boot.jar");
            assertThat(nested.modules())
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasFileName("asm.jar"));
        }
    }

    @Test
    void unpack_directoryIsItsOwnersAlone() throws IOException {
        try (NestedJars nested = NestedJars.unpack(jar("META-INF/jkasan/asm.jar"))) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(nested.directory())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void unpack_entryElsewhere_isRefused() throws IOException {
        Path jar = jar("META-INF/jkasan/../../evil.jar");
        assertThatThrownBy(() -> NestedJars.unpack(jar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("evil.jar");
    }

    @Test
    void close_leavesNothing() throws IOException {
        NestedJars nested = NestedJars.unpack(jar("META-INF/jkasan/asm.jar"));
        Files.createFile(nested.directory().resolve("more"));
        nested.close();
        assertThat(nested.directory()).doesNotExist();
    }

    private Path jar(String... entries) throws IOException {
        Path jar = home.resolve("outer.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                out.putNextEntry(new JarEntry(entry));
                out.write(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }
}
