package org.jkasan.samples.testvmalloc;

import java.util.List;
import java.util.Locale;

/** What watches the kernel of a column of the table. */
enum Configuration {
    /** No agent: a kernel without KASAN, the baseline. */
    NO_KASAN("No KASAN"),

    /** The agent, and vmalloc space without real shadow: KASAN before the commit. */
    KASAN("KASAN", "kasan.vmalloc=off", "kasan.stacks=caller"),

    /** The agent with real shadow, which keeps of stacks the caller, as the kernel does. */
    KASAN_VMALLOC("KASAN vmalloc", "kasan.vmalloc=on", "kasan.stacks=caller"),

    /** The same with whole stacks. */
    KASAN_VMALLOC_FULL("KASAN vmalloc, stacks=full", "kasan.vmalloc=on", "kasan.stacks=full"),

    /** The second one once more: what its ratio to that differs from 1 is chance. */
    KASAN_AGAIN("KASAN again", "kasan.vmalloc=off", "kasan.stacks=caller");

    private final String title;
    private final List<String> agentArguments;

    Configuration(String title, String... agentArguments) {
        this.title = title;
        this.agentArguments = List.of(agentArguments);
    }

    /** Whether the commit's table has it as well. */
    boolean isOfLinux() {
        return compareTo(KASAN_VMALLOC) <= 0;
    }

    /** Its name in files. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    boolean hasAgent() {
        return this != NO_KASAN;
    }

    /** What the agent is attached with. */
    String[] agentArguments() {
        return agentArguments.toArray(String[]::new);
    }
}
