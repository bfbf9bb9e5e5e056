package org.jkasan.agent.boot;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;

/** What {@code java -jar jkasan.jar} prints: the version, the options, and how to attach. */
final class Usage {

    private Usage() {}

    /** Prints; the answer is null, or the sentence that says why it cannot. */
    static String start() throws ReflectiveOperationException {
        try (NestedJars jars = NestedJars.unpack();
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {jars.runtime().toUri().toURL()}, null)) {
            Class<?> table = loader.loadClass("org.jkasan.config.OptionTable");
            System.out.print(text((String) table.getMethod("help").invoke(null)));
            return null;
        } catch (IOException e) {
            return "The options cannot be read out of this jar (" + e + ").";
        }
    }

    private static String text(String options) {
        return String.join(
                "\n",
                "JKASAN " + Usage.class.getPackage().getImplementationVersion(),
                "The Linux kernel's address sanitizer for the JVM.",
                "",
                "Attach it to a program on Java 17 or later:",
                "  java -javaagent:jkasan.jar[=key=value,...] -jar program.jar",
                "",
                options);
    }
}
