package org.jkasan.bench.footprint;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * How many MiB of Java heap a program of many classes has in use, garbage left out: it loads each
 * class of the jars on its class path, or the first of them.
 */
public final class LiveHeap {

    private static final String CLASS = ".class";
    private static final double MIB = 1 << 20;

    private LiveHeap() {}

    /** Takes the most classes to load, and prints the figure. */
    public static void main(String[] args) throws IOException {
        List<Class<?>> loaded = load(Integer.parseInt(args[0]));
        System.gc();
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.println(used / MIB);
        Reference.reachabilityFence(loaded);
    }

    private static List<Class<?>> load(int most) throws IOException {
        List<Class<?>> loaded = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            try (JarFile jar = new JarFile(path)) {
                for (JarEntry entry : jar.stream().filter(LiveHeap::isClass).toList()) {
                    if (loaded.size() < most) {
                        load(entry, loaded);
                    }
                }
            }
        }
        return loaded;
    }

    private static boolean isClass(JarEntry entry) {
        String name = entry.getName();
        return name.endsWith(CLASS)
                && !name.startsWith("META-INF/")
                && !name.endsWith("-info.class");
    }

    /** Loads a class, unless what it stands on is missing. */
    private static void load(JarEntry entry, List<Class<?>> loaded) {
        String name = entry.getName();
        String className = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
        try {
            loaded.add(Class.forName(className, false, LiveHeap.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError missing) {
            // an optional dependency of a library: no class, with the agent or without
        }
    }
}
