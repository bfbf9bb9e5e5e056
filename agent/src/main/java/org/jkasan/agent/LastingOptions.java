package org.jkasan.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jkasan.config.KasanConfig;

/**
 * The options that last as long as the JVM once an agent was attached: the shadow, the stacks and
 * the reports are made with them. A later attach may change the others, which are about classes.
 */
final class LastingOptions {

    private LastingOptions() {}

    /**
     * Holds the options of a later attach against those of the first.
     *
     * @throws RefusalException if one of them differs
     */
    static void check(KasanConfig first, KasanConfig later) {
        Map<String, Object> now = of(later);
        of(first)
                .forEach(
                        (key, value) -> {
                            if (!value.equals(now.get(key))) {
                                throw new RefusalException(
                                        "Option "
                                                + key
                                                + " was "
                                                + value
                                                + " when the agent was first attached to this JVM"
                                                + " and stays so; give it the same value (only"
                                                + " kasan.include, kasan.exclude and kasan.dump can"
                                                + " be others).");
                            }
                        });
    }

    private static Map<String, Object> of(KasanConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kasan.fault", config.fault().name().toLowerCase(java.util.Locale.ROOT));
        values.put("kasan.report", config.report().name().toLowerCase(java.util.Locale.ROOT));
        values.put("kasan.panic_on_warn", onOff(config.panicOnWarn()));
        values.put("kasan.log", config.log().map(Object::toString).orElse("standard error"));
        values.put("kasan.report_json", config.reportJson().map(Object::toString).orElse("none"));
        values.put("kasan.titles", config.linuxTitles() ? "linux" : "jkasan");
        values.put("kasan.stacks", config.stacks().name().toLowerCase(java.util.Locale.ROOT));
        values.put("kasan.stack_depth", config.stackDepth());
        values.put("kasan.vmalloc", onOff(config.vmalloc()));
        values.put("kasan.vmalloc_strict", onOff(config.vmallocStrict()));
        values.put("kasan.page_owner", onOff(config.pageOwner()));
        return values;
    }

    private static String onOff(boolean value) {
        return value ? "on" : "off";
    }
}
