package org.jkasan.agent.boot;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The jars nested in the agent's, unpacked into a directory of their own until closed.
 *
 * <p>The directory is new, and its owner's alone before there is a file in it; and all files are
 * new. So nobody else can put or change one there. Who opens a jar keeps it open, so closing this
 * deletes the files at once, and a JVM that is killed later leaves nothing behind.
 *
 * <p>All with java.io: what java.nio needs for this are some fifty classes, and each that is loaded
 * costs a start more with an agent than without.
 */
final class NestedJars implements AutoCloseable {

    private static final String FOLDER = "META-INF/jkasan/";

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
        File parent = new File(System.getProperty("java.io.tmpdir"));
        while (true) {
            File directory = new File(parent, "jkasan-" + Long.toHexString(System.nanoTime()));
            if (directory.mkdir()) {
                keepForOwner(directory);
                return directory.toPath();
            }
            if (!directory.exists()) {
                throw new IOException("cannot make " + directory);
            }
            Thread.onSpinWait(); // Another JVM's of the same nanosecond; there is a next one.
        }
    }

    /** Takes all leave from all, and gives it back to the owner. */
    private static void keepForOwner(File directory) throws IOException {
        boolean kept =
                directory.setReadable(false, false)
                        & directory.setWritable(false, false)
                        & directory.setExecutable(false, false)
                        & directory.setReadable(true)
                        & directory.setWritable(true)
                        & directory.setExecutable(true);
        if (!kept) {
            throw new IOException("cannot keep " + directory + " from others");
        }
    }

    private void add(JarFile jar, JarEntry entry) throws IOException {
        Path path = directory.resolve(entry.getName().substring(FOLDER.length()));
        if (!path.getParent().equals(directory)) {
            throw new IOException("unexpected entry " + entry.getName());
        }
        File file = path.toFile();
        if (!file.createNewFile()) {
            throw new IOException("there is a file " + file);
        }
        files.add(path);
        try (InputStream in = jar.getInputStream(entry);
                OutputStream out = new FileOutputStream(file)) {
            out.write(in.readAllBytes());
        }
    }

    /** Where the jars are. */
    Path directory() {
        return directory;
    }

    /** The jar of the runtime, which belongs on the boot class path. */
    Path runtime() {
        return directory.resolve("runtime-boot.jar");
    }

    /** The jars of the agent's own loader. */
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
                delete(file);
            }
        }
        delete(directory.toFile());
    }

    /** Deletes at exit what the host does not delete now, as Windows does with open files. */
    private static void delete(File file) {
        if (!file.delete() && file.exists()) {
            file.deleteOnExit();
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
