package org.jkasan.samples.testvmalloc;

import java.util.Locale;

/** A part of the table: the tests in sequence on so many CPUs at once. */
enum TableRun {
    PERFORMANCE(1, "performance: one CPU, sequential"),
    SEQUENTIAL_2CPU(2, "sequential on two CPUs at once");

    /** CPUs of the kernel in both. */
    static final int CPUS = 2;

    private final int workers;
    private final String title;

    TableRun(int workers, String title) {
        this.workers = workers;
        this.title = title;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    int workers() {
        return workers;
    }
}
