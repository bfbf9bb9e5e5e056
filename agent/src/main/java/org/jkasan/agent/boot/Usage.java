package org.jkasan.agent.boot;

import java.io.IOException;

/** What {@code java -jar jkasan.jar} prints: the version, the options, and how to attach. */
final class Usage {

    private Usage() {}

    /** Prints; the answer is null, or the sentence that says why it cannot. */
    static String print() throws ReflectiveOperationException {
        try (RuntimeJar runtime = RuntimeJar.open()) {
            System.out.print(text(runtime.help()));
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
                "Attach it to one that runs already, and detach it again:",
                "  java -jar jkasan.jar attach [PID [key=value ...]]",
                "  java -jar jkasan.jar detach PID",
                "",
                "See which accesses and calls are checked:",
                "  java -jar jkasan.jar intercepts",
                "",
                options);
    }
}
