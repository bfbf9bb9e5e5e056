package org.jkasan.bench.footprint;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * How many classes a second of CPU time an agent's jar rewrites: {@code AGENT CLASSES}. The classes
 * are the first of the JDK's own modules and in memory before; the time is that of the whole JVM,
 * its compiler and collector among it, which begins with a rewriting that it has never run.
 */
public final class RewriteModules {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final String NESTED = "META-INF/jkasan/";
    private static final double NANOS = 1e9;

    private RewriteModules() {}

    /** Prints the figure. */
    public static void main(String[] args) throws Exception {
        List<byte[]> classes = classes(Integer.parseInt(args[1]));
        Path directory = Files.createTempDirectory("agent");
        List<Path> jars = unpack(Path.of(args[0]), directory);
        try (URLClassLoader loader = loader(jars)) {
            Class<?> type = loader.loadClass("org.jkasan.agent.rewrite.ClassRewriter");
            Object rewriter = type.getConstructor().newInstance();
            Method rewrite = type.getMethod("rewrite", byte[].class);
            long start = PROCESS.getProcessCpuTime();
            for (byte[] each : classes) {
                rewrite.invoke(rewriter, (Object) each);
            }
            long spent = PROCESS.getProcessCpuTime() - start;
            System.out.println(classes.size() * NANOS / spent);
        } finally {
            for (Path jar : jars) {
                Files.delete(jar);
            }
            Files.delete(directory);
        }
    }

    private static List<byte[]> classes(int most) throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        List<Path> files;
        try (Stream<Path> all = Files.walk(modules)) {
            files =
                    all.filter(file -> file.toString().endsWith(".class"))
                            .filter(file -> !file.endsWith("module-info.class"))
                            .limit(most)
                            .toList();
        }
        List<byte[]> classes = new ArrayList<>();
        for (Path file : files) {
            classes.add(Files.readAllBytes(file));
        }
        return classes;
    }

    /** The jars in the agent's, as files. */
    private static List<Path> unpack(Path agent, Path directory) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (JarFile jar = new JarFile(agent.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith(NESTED) && name.endsWith(".jar")) {
                    Path file = directory.resolve(name.substring(NESTED.length()));
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    jars.add(file);
                }
            }
        }
        return jars;
    }

    private static URLClassLoader loader(List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
