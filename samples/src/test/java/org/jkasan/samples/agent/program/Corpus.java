package org.jkasan.samples.agent.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Rewrites every class of jars, whose paths stand in the file that the argument names, and has each
 * verified: by this JVM where all that the class mentions is there, else by ASM. Prints a table,
 * and a line that begins with {@code FAILED} for each class that does not pass though its original
 * does.
 */
public final class Corpus {

    private static final String CLASS = ".class";

    private final PackagedRewriter rewriter = new PackagedRewriter();
    private final Map<String, JarFile> owners = new HashMap<>();
    private final CorpusCount all = new CorpusCount();

    private Corpus() throws ReflectiveOperationException {}

    public static void main(String[] args) throws Exception {
        List<JarFile> jars = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            jars.add(new JarFile(line));
        }
        Corpus corpus = new Corpus();
        for (JarFile jar : jars) {
            jar.stream().filter(Corpus::isClass).forEach(entry -> corpus.own(entry, jar));
        }
        System.out.println("| jar " + CorpusCount.HEAD);
        System.out.println("|---|---|---|---|---|---|---|");
        for (JarFile jar : jars) {
            corpus.check(jar);
        }
        System.out.println("| all " + corpus.all);
    }

    private void own(JarEntry entry, JarFile jar) {
        owners.putIfAbsent(className(entry), jar);
    }

    /** Of multi-release jars the plain part, and no module descriptors. */
    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(CLASS)
                && !entry.getName().startsWith("META-INF/")
                && !entry.getName().endsWith("-info.class");
    }

    private static String className(JarEntry entry) {
        String name = entry.getName();
        return name.substring(0, name.length() - CLASS.length()).replace('/', '.');
    }

    private void check(JarFile jar) throws IOException {
        CorpusCount count = new CorpusCount();
        Loader original = new Loader(Map.of());
        Map<String, byte[]> rewritten = new TreeMap<>();
        for (JarEntry entry : jar.stream().filter(Corpus::isClass).toList()) {
            byte[] bytes = read(jar, entry);
            if (owners.get(className(entry)) == jar && isForThisJvm(bytes)) {
                rewrite(className(entry), bytes, rewritten, count);
            }
        }
        Loader loader = new Loader(rewritten);
        for (String name : rewritten.keySet()) {
            if (verify(name, loader, original)) {
                count.verifiedByJvm();
            }
        }
        all.add(count);
        System.out.println("| " + Path.of(jar.getName()).getFileName() + " " + count);
    }

    private static boolean isForThisJvm(byte[] classFile) {
        int major = (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
        return major <= Runtime.version().feature() + 44;
    }

    private void rewrite(
            String name, byte[] original, Map<String, byte[]> rewritten, CorpusCount count) {
        try {
            PackagedRewriter.Rewritten result = rewriter.rewrite(original);
            count.add(original, result);
            if (result != null) {
                rewritten.put(name, result.classFile());
            }
        } catch (IllegalStateException e) {
            System.out.println("FAILED " + name + ": " + e.getMessage());
        }
    }

    /** Whether the JVM itself found a class correct. */
    private static boolean verify(String name, Loader loader, Loader original) {
        String why = link(name, loader);
        if (why == null) {
            return true;
        }
        if (!why.equals(link(name, original))) {
            System.out.println("FAILED " + name + ": " + why);
            return false;
        }
        String fault = AsmCheck.fault(loader.classFile(name), loader);
        if (fault != null && AsmCheck.fault(original.classFile(name), original) == null) {
            System.out.println("FAILED " + name + ": " + fault);
        }
        return false;
    }

    /** Has the JVM verify a class, without running it; what it finds wrong, or null. */
    private static String link(String name, Loader loader) {
        try {
            Class.forName(name, false, loader).getConstructors();
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            return e.getClass().getName() + ": " + e.getMessage();
        }
    }

    private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** Defines the rewritten classes of one jar, and what they mention of all jars as it is. */
    private final class Loader extends ClassLoader {

        private final Map<String, byte[]> rewritten;

        Loader(Map<String, byte[]> rewritten) {
            super(ClassLoader.getPlatformClassLoader());
            this.rewritten = rewritten;
        }

        byte[] classFile(String name) {
            byte[] classFile = rewritten.get(name);
            JarFile jar = owners.get(name);
            if (classFile != null || jar == null) {
                return classFile;
            }
            try {
                return read(jar, jar.getJarEntry(name.replace('.', '/') + CLASS));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] classFile = classFile(name);
            if (classFile == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, classFile, 0, classFile.length);
        }
    }
}
