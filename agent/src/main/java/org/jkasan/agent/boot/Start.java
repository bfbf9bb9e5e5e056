package org.jkasan.agent.boot;

import java.lang.instrument.Instrumentation;

/** What {@link Premain} finds behind a class that it cannot name. For Java 8, as that is. */
interface Start {

    /**
     * Starts the agent, or hands the arguments to the one that was started before.
     *
     * @return null, or the sentence that says why it is refused
     */
    String start(String arguments, Instrumentation instrumentation, boolean late)
            throws ReflectiveOperationException;
}
