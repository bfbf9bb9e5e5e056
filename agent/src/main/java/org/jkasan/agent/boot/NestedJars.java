package org.jkasan.agent.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The jars nested in the agent's, unpacked into a directory of their own until closed.
 *
 * <p>The directory is new and its owner's alone, so nobody else can put or change a file there. Who
 * opens a jar keeps it open, so closing this deletes the files at once, and a JVM that is killed
 * later leaves nothing behind.
 */
final class NestedJars implements AutoCloseable {

    private static final String FOLDER = "META-INF/jkasan/";

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path directory;
    private final List<Path> files = new ArrayList<>();

    private NestedJars(Path directory) {
        this.directory = directory;
    }

    /** Unpacks the jars that are nested in the jar of this class. */
    static NestedJars unpack() throws IOException {
        return unpack(ownJar());
    }

    static NestedJars unpack(Path jar) throws IOException {
        NestedJars nested = new NestedJars(newDirectory());
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Enumeration<JarEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(FOLDER) && !entry.isDirectory()) {
                    nested.add(file, entry);
                }
            }
            return nested;
        } catch (IOException e) {
            nested.close();
            throw e;
        }
    }

    /**
     * A directory that did not exist before. The name need not be a secret, as Files' temporary
     * directories have it at the price of starting a random number generator.
     */
    private static Path newDirectory() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        while (true) {
            Path directory = parent.resolve("jkasan-" + Long.toHexString(System.nanoTime()));
            try {
                return parent.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? Files.createDirectory(directory, OWNER_ONLY)
                        : Files.createDirectory(directory);
            } catch (FileAlreadyExistsException another) {
                Thread.onSpinWait(); // Another JVM's of the same nanosecond; there is a next one.
            }
        }
    }

    private void add(JarFile jar, JarEntry entry) throws IOException {
        Path file = directory.resolve(entry.getName().substring(FOLDER.length()));
        if (!file.getParent().equals(directory)) {
            throw new IOException("unexpected entry " + entry.getName());
        }
        files.add(file);
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file); // creates it, and fails where there is one
        }
    }

    /** Where the jars are; whatever else is put there is deleted as well. */
    Path directory() {
        return directory;
    }

    /** The jar of the runtime, which belongs on the boot class path. */
    Path runtime() {
        return directory.resolve("runtime-boot.jar");
    }

    /** The jars of the agent's own layer. */
    List<Path> modules() {
        List<Path> modules = new ArrayList<>(files);
        modules.remove(runtime());
        return modules;
    }

    @Override
    public void close() {
        File[] all = directory.toFile().listFiles();
        if (all != null) {
            for (File file : all) {
                delete(file.toPath());
            }
        }
        delete(directory);
    }

    /** Deletes at exit what the host does not delete now, as Windows does with open files. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            file.toFile().deleteOnExit();
        }
    }

    static Path ownJar() throws IOException {
        CodeSource source = NestedJars.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
