package org.jkasan.samples.kasantest;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param suite which suite
 * @param glob names of cases, where {@code *} stands for any text and {@code ?} for any character
 * @param listing whether the names are only listed
 * @param showing whether expected reports are printed, too
 * @param slubRcuDebug whether the kernel is built with CONFIG_SLUB_RCU_DEBUG
 */
record Request(Suite suite, String glob, boolean listing, boolean showing, boolean slubRcuDebug) {

    /** The arguments as a usage line shows them. */
    static final String USAGE =
            "[NAME-GLOB|list] [suite=v6.19|v5.5] [reports=on] [slub_rcu_debug=off]";

    private static final String LIST = "list";
    private static final String ALL = "*";

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException in one sentence for what makes no sense
     */
    static Request of(List<String> arguments) {
        Request request = new Request(Suite.all().get(0), null, false, false, true);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            request =
                    equals < 0
                            ? request.naming(argument)
                            : request.with(
                                    argument.substring(0, equals), argument.substring(equals + 1));
        }
        return request.glob == null
                ? new Request(
                        request.suite, ALL, request.listing, request.showing, request.slubRcuDebug)
                : request;
    }

    private Request naming(String argument) {
        if (argument.equals(LIST)) {
            return new Request(suite, glob, true, showing, slubRcuDebug);
        }
        if (glob != null) {
            throw new IllegalArgumentException(
                    "one glob for the cases' names at most, not " + glob + " and " + argument);
        }
        return new Request(suite, argument, listing, showing, slubRcuDebug);
    }

    private Request with(String key, String value) {
        return switch (key) {
            case "suite" -> new Request(suite(value), glob, listing, showing, slubRcuDebug);
            case "reports" -> new Request(suite, glob, listing, isOn(key, value), slubRcuDebug);
            case "slub_rcu_debug" -> new Request(suite, glob, listing, showing, isOn(key, value));
            default ->
                    throw new IllegalArgumentException(
                            "there is no option \"" + key + "\"; usage: kasan-test " + USAGE);
        };
    }

    private static Suite suite(String version) {
        return Suite.all().stream()
                .filter(suite -> suite.version().equals(version))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no suite \""
                                                + version
                                                + "\"; known: "
                                                + String.join(
                                                        ", ",
                                                        Suite.all().stream()
                                                                .map(Suite::version)
                                                                .toList())));
    }

    private static boolean isOn(String key, String value) {
        if (!value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException(key + " is on or off, not \"" + value + "\"");
        }
        return value.equals("on");
    }

    private Pattern pattern() {
        String regex =
                glob.chars()
                        .mapToObj(
                                c ->
                                        switch (c) {
                                            case '*' -> ".*";
                                            case '?' -> ".";
                                            default -> Pattern.quote(Character.toString(c));
                                        })
                        .collect(Collectors.joining());
        return Pattern.compile(regex);
    }

    /**
     * The cases of the suite that the glob matches.
     *
     * @throws IllegalArgumentException in one sentence with what is known, if there is none
     */
    List<TestCase> cases() {
        Pattern pattern = pattern();
        List<TestCase> chosen =
                suite.cases().stream()
                        .filter(test -> pattern.matcher(test.name()).matches())
                        .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "no case of suite "
                            + suite.version()
                            + " is called \""
                            + glob
                            + "\"; known: "
                            + String.join(
                                    ", ", suite.cases().stream().map(TestCase::name).toList()));
        }
        return chosen;
    }
}
