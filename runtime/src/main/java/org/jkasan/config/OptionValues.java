package org.jkasan.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The checked values that one source gives, or several laid over each other. */
final class OptionValues {

    /** 1 to 1024, in plain digits. */
    private static final String COUNT = "[1-9][0-9]{0,2}|10[01][0-9]|102[0-4]";

    private final Map<Option, String> values = new EnumMap<>(Option.class);

    /**
     * Adds a value after checking it.
     *
     * @param value as written, or null for a bare key
     * @throws OptionException for an unknown or repeated key, a missing or bad value
     */
    void add(String key, String value, OptionSource source) {
        Option option = OptionTable.find(key);
        if (option == null) {
            throw new OptionException(
                    key,
                    "Unknown option \""
                            + key
                            + "\" in "
                            + source.text()
                            + "; known are "
                            + OptionTable.knownKeys()
                            + ".");
        }
        if (option == Option.OPTIONS && source == OptionSource.FILE) {
            throw wrong(option, source, "names another one, which it cannot; give it outside");
        }
        boolean bare = value == null || value.isEmpty();
        if (bare && option.kind() != Option.Kind.SWITCH) {
            throw wrong(option, source, "has no value; " + known(option));
        }
        String checked = bare ? "on" : value;
        checkValue(option, checked, source);
        String before = values.putIfAbsent(option, checked);
        if (before != null) {
            throw wrong(
                    option,
                    source,
                    "is given twice, as \"" + before + "\" and \"" + checked + "\"; give it once");
        }
    }

    /** Lets the values of a stronger source win over these. */
    void override(OptionValues stronger) {
        values.putAll(stronger.values);
    }

    /** The value given or the default, empty where neither is. */
    Optional<String> value(Option option) {
        return Optional.ofNullable(values.getOrDefault(option, option.defaultValue()));
    }

    KasanConfig toConfig() {
        return new KasanConfig(
                FaultMode.valueOf(word(Option.FAULT).toUpperCase(Locale.ROOT)),
                reportMode(),
                word(Option.PANIC_ON_WARN).equals("on"),
                path(Option.LOG),
                path(Option.REPORT_JSON),
                word(Option.TITLES).equals("linux"),
                StackMode.valueOf(word(Option.STACKS).toUpperCase(Locale.ROOT)),
                Integer.parseInt(word(Option.STACK_DEPTH)),
                word(Option.VMALLOC).equals("on"),
                word(Option.VMALLOC_STRICT).equals("on"),
                word(Option.PAGE_OWNER).equals("on"),
                globs(Option.INCLUDE),
                globs(Option.EXCLUDE),
                path(Option.DUMP));
    }

    /** The kernel's switch says more than the mode. */
    private ReportMode reportMode() {
        return word(Option.MULTI_SHOT).equals("on")
                ? ReportMode.ALL
                : ReportMode.valueOf(word(Option.REPORT).toUpperCase(Locale.ROOT));
    }

    Optional<Path> path(Option option) {
        Optional<String> value = value(option);
        return value.isPresent() ? Optional.of(Path.of(value.get())) : Optional.empty();
    }

    private String word(Option option) {
        return value(option).orElseThrow();
    }

    private List<String> globs(Option option) {
        Optional<String> value = value(option);
        return value.isPresent() ? List.of(value.get().split(":", -1)) : List.of();
    }

    private static void checkValue(Option option, String value, OptionSource source) {
        switch (option.kind()) {
            case CHOICE, SWITCH -> {
                if (!option.words().contains(value)) {
                    throw bad(option, value, source, known(option));
                }
            }
            case COUNT -> {
                if (!value.matches(COUNT)) {
                    throw bad(option, value, source, known(option));
                }
            }
            case PATH -> {
                try {
                    Path.of(value);
                } catch (InvalidPathException e) {
                    throw bad(option, value, source, "it is no path, " + e.getReason());
                }
            }
            case GLOBS -> {
                for (String glob : value.split(":", -1)) {
                    if (glob.isEmpty()) {
                        throw bad(option, value, source, "a glob in it is empty");
                    }
                    if (glob.indexOf('/') >= 0) {
                        throw bad(option, value, source, "class names have dots, not slashes");
                    }
                }
            }
        }
    }

    private static OptionException bad(
            Option option, String value, OptionSource source, String expected) {
        return wrong(option, source, "has the bad value \"" + value + "\"; " + expected);
    }

    private static OptionException wrong(Option option, OptionSource source, String problem) {
        return new OptionException(
                option.key(),
                "Option " + option.key() + " in " + source.text() + " " + problem + ".");
    }

    private static String known(Option option) {
        return option.words().size() == 1
                ? "expected is " + option.key() + "=" + option.words().get(0)
                : "known are " + String.join(", ", option.words());
    }
}
