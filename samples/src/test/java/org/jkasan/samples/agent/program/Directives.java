package org.jkasan.samples.agent.program;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import javax.management.ObjectName;

/** Loads some classes, and prints what HotSpot was told about compiling which code. */
public final class Directives {

    private static final int CLASSES = 30;

    /** Milliseconds. */
    private static final int LONGEST = 10_000;

    private Directives() {}

    public static void main(String[] args) throws Exception {
        loadClasses();
        for (int i = 0; i < LONGEST && isBeingTold(); i++) {
            Thread.sleep(1);
        }
        Object text =
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesPrint",
                                null,
                                null);
        text.toString()
                .lines()
                .filter(line -> line.contains("matching"))
                .forEach(Directives::print);
    }

    private static void print(String line) {
        System.out.println(line.strip());
    }

    private static void loadClasses() throws IOException {
        byte[] own;
        try (InputStream in = Directives.class.getResourceAsStream("Directives.class")) {
            own = in.readAllBytes();
        }
        for (int i = 0; i < CLASSES; i++) {
            new Loader().define(own);
        }
    }

    /** Defines one class. */
    private static final class Loader extends ClassLoader {

        void define(byte[] classFile) {
            defineClass(Directives.class.getName(), classFile, 0, classFile.length);
        }
    }

    private static boolean isBeingTold() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("jkasan compilation"));
    }
}
