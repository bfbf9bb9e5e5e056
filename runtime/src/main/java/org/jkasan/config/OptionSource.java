package org.jkasan.config;

/** Where an option stands: the weakest place first, so that a later one wins. */
enum OptionSource {
    FILE("the options file"),
    SYSTEM_PROPERTY("the system properties"),
    AGENT_ARGUMENT("the agent's arguments");

    private final String text;

    OptionSource(String text) {
        this.text = text;
    }

    /** How an error sentence names the place. */
    String text() {
        return text;
    }
}
