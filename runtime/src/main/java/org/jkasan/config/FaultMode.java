package org.jkasan.config;

/** What happens after a report: {@code kasan.fault}. */
public enum FaultMode {
    /** Go on, as the kernel does by default. */
    REPORT,
    /** Throw {@code KasanError} out of the access. */
    THROW,
    /** Halt the JVM after any report. */
    PANIC,
    /** Halt the JVM after a bad write or a bad free. */
    PANIC_ON_WRITE
}
