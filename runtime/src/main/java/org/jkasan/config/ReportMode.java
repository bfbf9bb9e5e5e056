package org.jkasan.config;

/** Which bad accesses are reported: {@code kasan.report}. */
public enum ReportMode {
    /** Each distinct bug once. */
    DISTINCT,
    /** The first one and no other, as the kernel does by default. */
    ONCE,
    /** All: {@code kasan_multi_shot}. */
    ALL
}
