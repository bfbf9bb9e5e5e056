package org.jkasan.host.jna;

import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;

/**
 * The start of JNA for the agent, so that it leaves no trace. On its own it writes its native part
 * below the user's home, runs a process to learn where libraries are, and keeps what it learnt in
 * system properties, which the application's own JNA would then believe.
 */
public final class JnaStart {

    /** Where JNA looks for its native part before it unpacks one. */
    private static final String NATIVE_PART = "jna.boot.library.path";

    /** Where JNA looks for libraries; asked for nothing, as the C library is there already. */
    private static final String LIBRARIES = "jna.platform.library.path";

    /** What JNA says of itself. */
    private static final String LOADED = "jna.loaded";

    private JnaStart() {}

    /**
     * The host's memory over JNA.
     *
     * @throws HostMemoryException in one sentence where the platform is not supported or JNA does
     *     not work
     */
    public static HostMemory hostMemory() {
        try {
            Path scratch = newDirectory();
            try {
                unpack(scratch);
                return start(scratch);
            } finally {
                delete(scratch);
            }
        } catch (IOException e) {
            throw new HostMemoryException(
                    "JNA's native part cannot be unpacked into "
                            + System.getProperty("java.io.tmpdir")
                            + " ("
                            + e
                            + "); point -Djava.io.tmpdir at a directory with 1 MB to write.");
        }
    }

    /**
     * A directory that is its owner's alone. The name need not be a secret; that of {@link
     * Files#createTempDirectory} is, at the price of starting a random number generator.
     */
    private static Path newDirectory() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        while (true) {
            Path directory = parent.resolve("jkasan-" + Long.toHexString(System.nanoTime()));
            try {
                return Files.createDirectory(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException another) {
                Thread.onSpinWait(); // Another JVM's of the same nanosecond; there is a next one.
            }
        }
    }

    private static void unpack(Path scratch) throws IOException {
        String file = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
        String resource = "com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + file;
        try (InputStream in = JnaStart.class.getClassLoader().getResourceAsStream(resource)) {
            if (in != null) { // else JNA says what is wrong
                Files.copy(in, scratch.resolve(file));
            }
        }
    }

    /** For a moment the properties are there for all to see. */
    private static HostMemory start(Path scratch) {
        String nativePart = System.getProperty(NATIVE_PART);
        String libraries = System.getProperty(LIBRARIES);
        String loaded = System.getProperty(LOADED);
        try {
            System.setProperty(NATIVE_PART, scratch.toString());
            System.setProperty(LIBRARIES, "");
            return new JnaHostMemory();
        } finally {
            restore(NATIVE_PART, nativePart);
            restore(LIBRARIES, libraries);
            restore(LOADED, loaded);
        }
    }

    private static void restore(String key, String before) {
        if (before == null) {
            System.clearProperty(key);
        } else {
            System.setProperty(key, before);
        }
    }

    /** Deletes the directory and what is in it: who has loaded a library needs no file. */
    private static void delete(Path scratch) throws IOException {
        File[] files = scratch.toFile().listFiles();
        if (files != null) {
            for (File file : files) {
                Files.deleteIfExists(file.toPath());
            }
        }
        Files.deleteIfExists(scratch);
    }
}
