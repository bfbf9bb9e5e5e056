package org.jkasan.samples.agent.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jkasan.kernel.Kernel;

/** Prints what an application can see of the agent; each line that it prints is a defect. */
public final class Surroundings {

    private Surroundings() {}

    /** Does so after a kernel had its life, if there is an argument. */
    public static void main(String[] args) throws IOException {
        if (args.length != 0) {
            Kernel.boot().close();
        }
        classes();
        properties();
        threads();
        files();
        modules();
        System.out.println("looked around");
    }

    private static void classes() {
        for (String name :
                new String[] {
                    "org.objectweb.asm.ClassReader",
                    "org.jkasan.agent.Agent",
                    "org.jkasan.agent.rewrite.ClassRewriter"
                }) {
            try {
                Class.forName(name);
                System.out.println("can load " + name);
            } catch (ClassNotFoundException asItShould) {
                continue;
            }
        }
        if (org.jkasan.Kasan.class.getClassLoader() != null) {
            System.out.println("has loaded a runtime of its own");
        }
        if (!org.jkasan.Kasan.enabled()) {
            System.out.println("has a runtime without a sanitizer");
        }
    }

    private static void properties() {
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith("jna") || key.startsWith("kasan"))
                .forEach(key -> System.out.println("sees the property " + key));
    }

    /** JNA's cleaner is a daemon that ends when it has been idle for a while. */
    private static void threads() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() == main())
                .filter(thread -> thread != Thread.currentThread())
                .filter(thread -> !(thread.isDaemon() && thread.getName().equals("JNA Cleaner")))
                .forEach(thread -> System.out.println("sees the thread " + thread.getName()));
    }

    private static ThreadGroup main() {
        return Thread.currentThread().getThreadGroup();
    }

    private static void files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            files.forEach(file -> System.out.println("sees the file " + file));
        }
    }

    private static void modules() {
        Module base = Object.class.getModule();
        Module own = Surroundings.class.getModule();
        if (base.isOpen("java.lang", own)) {
            System.out.println("may look into java.lang");
        }
        if (base.isExported("jdk.internal.misc", own)) {
            System.out.println("may use jdk.internal.misc");
        }
    }
}
