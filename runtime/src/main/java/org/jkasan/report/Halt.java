package org.jkasan.report;

/** Ends the JVM at once, as a kernel panic ends the kernel: no shutdown hook runs. */
@FunctionalInterface
interface Halt {

    /** The exit status of a panic. */
    int STATUS = 66;

    /** Ends the JVM with the status; only a test's returns. */
    void halt(int status);
}
