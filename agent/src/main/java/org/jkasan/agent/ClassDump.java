package org.jkasan.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of {@code kasan.dump}: rewritten classes as {@code NAME.class}, and of each class
 * also {@code NAME.original}, or {@code NAME.failed} where it could not be rewritten.
 */
final class ClassDump {

    private final Path directory;

    ClassDump(Path directory) {
        this.directory = directory;
    }

    /** Writes both forms of a rewritten class. */
    void rewritten(String name, byte[] original, byte[] rewritten) throws IOException {
        write(name + ".original", original);
        write(name + ".class", rewritten);
    }

    /** Writes a class that keeps its bytes. */
    void failed(String name, byte[] original) throws IOException {
        write(name + ".failed", original);
    }

    private void write(String file, byte[] bytes) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
    }
}
