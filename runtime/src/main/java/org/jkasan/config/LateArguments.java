package org.jkasan.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The options of a late attach, as the process that attaches sees them: checked there, before the
 * program that is attached to is touched.
 */
public final class LateArguments {

    private LateArguments() {}

    /**
     * The arguments to hand to the agent: relative paths are meant from where the attaching process
     * is, so they become absolute ones.
     *
     * @param arguments {@code key=value,key=value}; empty for none
     * @param properties the system properties of the program that is attached to
     * @throws OptionException in one sentence at the first thing that is not understood
     */
    public static String checked(String arguments, Properties properties) {
        OptionParser.parse(arguments, asSeenFromHere(properties));
        List<String> checked = new ArrayList<>();
        for (String argument : arguments.isEmpty() ? new String[0] : arguments.split(",", -1)) {
            checked.add(absolute(argument));
        }
        return String.join(",", checked);
    }

    /** The program's own options file lies where the program was started. */
    private static Properties asSeenFromHere(Properties program) {
        Properties seen = new Properties();
        seen.putAll(program);
        String file = program.getProperty(Option.OPTIONS.key());
        String directory = program.getProperty("user.dir");
        if (file != null && directory != null) {
            seen.setProperty(Option.OPTIONS.key(), Path.of(directory).resolve(file).toString());
        }
        return seen;
    }

    private static String absolute(String argument) {
        int equals = argument.indexOf('=');
        Option option = equals < 0 ? null : OptionTable.find(argument.substring(0, equals));
        if (option == null || option.kind() != Option.Kind.PATH) {
            return argument;
        }
        String path = argument.substring(equals + 1);
        return path.isEmpty() ? argument : option.key() + "=" + Path.of(path).toAbsolutePath();
    }
}
