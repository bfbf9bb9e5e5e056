package org.jkasan.agent.boot;

import java.util.Arrays;

/** What {@code java -jar jkasan.jar} does. */
final class Commands {

    private Commands() {}

    /** Does what the arguments say; the answer is null, or the sentence that says why not. */
    static String start(String[] arguments) throws ReflectiveOperationException {
        if (arguments.length == 0) {
            return Usage.print();
        }
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            return switch (arguments[0]) {
                case "attach" -> Attach.attach(rest);
                case "detach" -> Attach.detach(rest);
                case "intercepts" -> Intercepts.print();
                default ->
                        "Unknown command \""
                                + arguments[0]
                                + "\"; known are attach, detach and intercepts, and none prints the"
                                + " options.";
            };
        } catch (NoClassDefFoundError missing) {
            return "This Java has no module jdk.attach, with which JVMs are attached to; run this"
                    + " command with the java of a JDK.";
        }
    }
}
