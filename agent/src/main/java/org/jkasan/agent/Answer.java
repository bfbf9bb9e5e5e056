package org.jkasan.agent;

import java.util.Properties;

/**
 * What the command line's attach and detach get to read: an agent property of the JVM that they
 * attached to. These are the JDK's own channel between an agent and who attaches it; the program
 * does not see them.
 */
final class Answer {

    private static final String KEY = "jkasan.answer";

    private Answer() {}

    /** It was done; the sentence says what. Whether the answer could be left. */
    static boolean done(String sentence) {
        return leave("done " + sentence);
    }

    /** It was refused; the sentence says why. Whether the answer could be left. */
    static boolean refused(String sentence) {
        return leave("refused " + sentence);
    }

    private static boolean leave(String answer) {
        try {
            // Exported to this module by the boot package.
            Properties properties =
                    (Properties)
                            Class.forName("jdk.internal.vm.VMSupport")
                                    .getMethod("getAgentProperties")
                                    .invoke(null);
            properties.setProperty(KEY, answer);
            return true;
        } catch (ReflectiveOperationException otherJvm) {
            return false;
        }
    }
}
