package org.jkasan.config;

import java.util.List;

/** One row of the {@link OptionTable} each: key, kind of value, default, meaning. */
enum Option {
    FAULT(
            "kasan.fault",
            Kind.CHOICE,
            List.of("report", "throw", "panic", "panic_on_write"),
            "report",
            "After a report: go on, throw KasanError, halt the JVM, or halt it after a write or free"
                    + " only."),
    MULTI_SHOT(
            "kasan_multi_shot",
            Kind.SWITCH,
            List.of("on", "off"),
            "off",
            "The kernel's name for kasan.report=all, over which it wins; the bare key means on."),
    REPORT(
            "kasan.report",
            Kind.CHOICE,
            List.of("distinct", "once", "all"),
            "distinct",
            "Report each distinct bug once, the very first bad access only, or every one."),
    PANIC_ON_WARN(
            "kasan.panic_on_warn",
            Kind.SWITCH,
            List.of("on", "off"),
            "off",
            "Halt the JVM after the first report, unless all are reported."),
    LOG("kasan.log", Kind.PATH, List.of("FILE"), null, "Write reports there.", "standard error"),
    REPORT_JSON(
            "kasan.report_json",
            Kind.PATH,
            List.of("FILE"),
            null,
            "Write reports there as well, one JSON object a line.",
            "none"),
    TITLES(
            "kasan.titles",
            Kind.CHOICE,
            List.of("jkasan", "linux"),
            "jkasan",
            "The words of titles: JKASAN's, with vmalloc-use-after-free, or the kernel's alone."),
    STACKS(
            "kasan.stacks",
            Kind.CHOICE,
            List.of("auto", "full", "caller"),
            "auto",
            "Keep of an allocation's or free's stack all, the caller if known, or all at first."),
    STACK_DEPTH(
            "kasan.stack_depth",
            Kind.COUNT,
            List.of("1..1024"),
            "64",
            "The frames to keep of such a stack."),
    VMALLOC(
            "kasan.vmalloc",
            Kind.SWITCH,
            List.of("on", "off"),
            "on",
            "Check vmalloc space; off leaves it without shadow of its own, as kernels once were."),
    VMALLOC_STRICT(
            "kasan.vmalloc_strict",
            Kind.SWITCH,
            List.of("on", "off"),
            "off",
            "Purge with every vfree and keep nothing for later: tells what memory is really used."),
    PAGE_OWNER(
            "kasan.page_owner",
            Kind.SWITCH,
            List.of("on", "off"),
            "off",
            "Keep who allocated and who freed each page of RAM, for reports; costs a stack each."),
    INCLUDE(
            "kasan.include",
            Kind.GLOBS,
            List.of("GLOB[:GLOB...]"),
            "*",
            "The classes to check, by binary name; * is any characters, ? is one."),
    EXCLUDE(
            "kasan.exclude",
            Kind.GLOBS,
            List.of("GLOB[:GLOB...]"),
            null,
            "The classes to leave alone, of those included.",
            "none"),
    DUMP(
            "kasan.dump",
            Kind.PATH,
            List.of("DIR"),
            null,
            "Write rewritten and failed classes there.",
            "none"),
    OPTIONS(
            "kasan.options",
            Kind.PATH,
            List.of("FILE"),
            null,
            "Read more options from that properties file, UTF-8.",
            "none");

    /** The shape of an option's value. */
    enum Kind {
        /** One of the known words. */
        CHOICE,
        /** on or off; no value means on. */
        SWITCH,
        /** A whole number, from 1 to 1024. */
        COUNT,
        /** A path of the host's file system. */
        PATH,
        /** Globs with colons between them. */
        GLOBS
    }

    private final String key;
    private final Kind kind;
    private final List<String> words;
    private final String defaultValue;
    private final String help;
    private final String defaultText;

    Option(String key, Kind kind, List<String> words, String defaultValue, String help) {
        this(key, kind, words, defaultValue, help, defaultValue);
    }

    Option(
            String key,
            Kind kind,
            List<String> words,
            String defaultValue,
            String help,
            String defaultText) {
        this.key = key;
        this.kind = kind;
        this.words = words;
        this.defaultValue = defaultValue;
        this.help = help;
        this.defaultText = defaultText;
    }

    String key() {
        return key;
    }

    Kind kind() {
        return kind;
    }

    /** The words that the value may be, or the one placeholder that stands for it. */
    List<String> words() {
        return words;
    }

    /** The value that holds where none is given, or null if that is the absence of one. */
    String defaultValue() {
        return defaultValue;
    }

    /** The default in words. */
    String defaultText() {
        return defaultText;
    }

    String help() {
        return help;
    }
}
