package org.jkasan.samples.testvmalloc;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkasan.samples.launch.CodeLocation;

/**
 * What the table's command line asks for.
 *
 * @param budget how long it may take
 * @param fullStacks whether there is a column for whole stacks
 * @param control whether there is one that is configured as another is
 * @param csv the file for the figures, or null
 * @param svg the file for the chart, or null
 * @param samples the jar with this code, which children run
 * @param agent the agent that they attach
 */
record TableOptions(
        Duration budget,
        boolean fullStacks,
        boolean control,
        Path csv,
        Path svg,
        Path samples,
        Path agent) {

    private static final Duration DEFAULT_BUDGET = Duration.ofSeconds(60);

    private static final String KEYS =
            "budget=60s, stacks=caller|full, control=off|on, csv=FILE, svg=FILE, agent=FILE";

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})(s|m)");

    private static final String BUILT_AGENT = "../../agent/target/jkasan.jar";

    /**
     * The options that arguments of the form {@code key=value} give.
     *
     * @throws UsageException where one makes no sense, or there is no agent
     */
    static TableOptions parse(List<String> arguments) throws UsageException {
        return parse(arguments, CodeLocation.of(TableOptions.class));
    }

    /** The same for this jar. */
    static TableOptions parse(List<String> arguments, Path samples) throws UsageException {
        Duration budget = DEFAULT_BUDGET;
        boolean fullStacks = false;
        boolean control = false;
        Path csv = null;
        Path svg = null;
        Path agent = samples.resolve("..").resolve(BUILT_AGENT).normalize();
        Set<String> seen = new HashSet<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument : argument.substring(0, equals);
            String value = argument.substring(equals + 1);
            if (!seen.add(key)) {
                throw new UsageException(key + " is given twice");
            }
            switch (equals < 0 ? "" : key) {
                case "budget" -> budget = span(value);
                case "stacks" -> fullStacks = isSecond("stacks", value, "caller", "full");
                case "control" -> control = isSecond("control", value, "off", "on");
                case "csv" -> csv = path(value);
                case "svg" -> svg = path(value);
                case "agent" -> agent = path(value);
                default ->
                        throw new UsageException(
                                "\"%s\" is none of table's options %s".formatted(argument, KEYS));
            }
        }
        requireFile("this program, as a jar,", samples);
        requireFile("the agent", agent);
        return new TableOptions(budget, fullStacks, control, csv, svg, samples, agent);
    }

    private static Duration span(String value) throws UsageException {
        Matcher matcher = SPAN.matcher(value);
        if (!matcher.matches()) {
            throw new UsageException(
                    "budget=" + value + ", expected seconds or minutes as in 90s or 2m");
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("s")
                ? Duration.ofSeconds(number)
                : Duration.ofMinutes(number);
    }

    private static boolean isSecond(String key, String value, String first, String second)
            throws UsageException {
        if (!value.equals(first) && !value.equals(second)) {
            throw new UsageException(key + "=" + value + ", expected " + first + " or " + second);
        }
        return value.equals(second);
    }

    private static Path path(String value) throws UsageException {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + value + "\" is no file name here: " + e.getReason());
        }
    }

    private static void requireFile(String what, Path file) throws UsageException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    what + " is not at " + file + "; build it with \"mvn package\"");
        }
    }

    /** The columns of the table. */
    List<Configuration> configurations() {
        List<Configuration> configurations =
                new ArrayList<>(
                        Arrays.stream(Configuration.values())
                                .filter(Configuration::isOfLinux)
                                .toList());
        if (fullStacks) {
            configurations.add(Configuration.KASAN_VMALLOC_FULL);
        }
        if (control) {
            configurations.add(Configuration.KASAN_AGAIN);
        }
        return configurations;
    }
}
