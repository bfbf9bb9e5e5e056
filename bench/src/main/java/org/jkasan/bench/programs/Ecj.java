package org.jkasan.bench.programs;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Eclipse's compiler over the packages of Guava that the others stand on. */
final class Ecj implements Workload {

    private static final List<String> PACKAGES = List.of("base", "primitives", "math");

    private final Constructor<?> compiler;
    private final Method compile;
    private final String[] arguments;

    Ecj(Path scratch) throws Exception {
        Class<?> main = Class.forName("org.eclipse.jdt.internal.compiler.batch.Main");
        compiler = main.getConstructor(PrintWriter.class, PrintWriter.class, boolean.class);
        compile = main.getMethod("compile", String[].class);
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--release",
                                "17",
                                "-nowarn",
                                "-proc:none",
                                "-d",
                                "none",
                                "-cp",
                                System.getProperty("java.class.path")));
        options.addAll(sources(scratch));
        arguments = options.toArray(String[]::new);
    }

    private static List<String> sources(Path scratch) throws Exception {
        List<String> files = new ArrayList<>();
        try (JarFile jar = new JarFile(ProgramMain.jar("guava-", "-sources.jar").toFile())) {
            for (JarEntry entry : jar.stream().filter(Ecj::isWanted).toList()) {
                Path file = scratch.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                files.add(file.toString());
            }
        }
        return files;
    }

    private static boolean isWanted(JarEntry entry) {
        String name = entry.getName();
        return name.endsWith(".java")
                && !name.endsWith("-info.java")
                && PACKAGES.stream()
                        .anyMatch(each -> name.startsWith("com/google/common/" + each + "/"));
    }

    @Override
    public void run() throws Exception {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream());
        Object main = compiler.newInstance(nowhere, nowhere, false);
        if (!(boolean) compile.invoke(main, (Object) arguments)) {
            throw new IllegalStateException("ECJ does not compile Guava.");
        }
    }
}
