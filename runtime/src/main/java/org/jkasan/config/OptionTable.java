package org.jkasan.config;

/** The table of all options: what is known, and the help text made from it. */
public final class OptionTable {

    private OptionTable() {}

    /**
     * The help text: each key with its values, meaning and default, then where options may stand
     * and which place wins. Lines end with a line feed.
     */
    public static String help() {
        StringBuilder text = new StringBuilder("Options:\n");
        for (Option option : Option.values()) {
            text.append("  ").append(option.key()).append('=');
            text.append(String.join("|", option.words())).append('\n');
            text.append("      ").append(option.help()).append('\n');
            text.append("      Default: ").append(option.defaultText()).append('\n');
        }
        return text.append('\n')
                .append("An option stands in the agent's arguments (key=value,key=value), in a\n")
                .append("system property (-Dkey=value) or in the file that kasan.options names;\n")
                .append(
                        "if in several, the first of these wins. A value that holds a comma stands\n")
                .append("in a system property or in the file.\n")
                .toString();
    }

    /** The option of a key, or null if there is none. */
    static Option find(String key) {
        for (Option option : Option.values()) {
            if (option.key().equals(key)) {
                return option;
            }
        }
        return null;
    }

    /** All keys, for an error sentence. */
    static String knownKeys() {
        StringBuilder keys = new StringBuilder();
        for (Option option : Option.values()) {
            keys.append(keys.length() == 0 ? "" : ", ").append(option.key());
        }
        return keys.toString();
    }
}
