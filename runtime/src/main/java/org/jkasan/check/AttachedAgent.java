package org.jkasan.check;

/**
 * The agent that feeds the hooks of this JVM, as later attaches and detaches meet it: whichever jar
 * they come from, there is one agent in a JVM, as there is one runtime.
 */
public interface AttachedAgent {

    /**
     * Does what an attach asks for that is not the first one.
     *
     * @param arguments as the JVM hands them to an agent, or null
     * @param late whether the application runs already
     * @return null, or the sentence that says why it is refused
     */
    String again(String arguments, boolean late);
}
