package org.jkasan.samples.agent.program;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Has the JVM link every class of its own modules, and with {@code -XX:+BytecodeVerificationLocal}
 * verify it. Prints what fails, and last how many did not.
 */
public final class LinkJdk {

    private LinkJdk() {}

    public static void main(String[] args) throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        int linked = 0;
        try (Stream<Path> files = Files.walk(modules)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                if (!file.endsWith("module-info.class") && link(file)) {
                    linked++;
                }
            }
        }
        System.out.println(linked);
    }

    /** A path is /modules, the module's name, and that of the class. */
    private static boolean link(Path file) {
        String path = file.subpath(2, file.getNameCount()).toString();
        String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        Module module = ModuleLayer.boot().findModule(file.getName(1).toString()).orElse(null);
        if (module == null) {
            return false; // not of the modules that this JVM runs with
        }
        try {
            Class.forName(name, false, module.getClassLoader()).getConstructors();
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            System.out.println(name + ": " + e.getClass().getName() + ": " + e.getMessage());
            return false;
        }
    }
}
