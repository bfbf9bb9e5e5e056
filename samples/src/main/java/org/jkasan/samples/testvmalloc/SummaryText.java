package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.List;

/** What the module prints of a worker, in the words of the Linux whose parameters were used. */
record SummaryText(Parameters parameters, Clock clock) {

    private static final int NANOS_PER_MICRO = 1000;

    /** One line for each test, and one for all. */
    List<String> lines(WorkerResult worker) {
        boolean modern = parameters.isOfLinux619();
        List<String> lines = new ArrayList<>();
        worker.tests().forEach(test -> lines.add(line(test, modern)));
        lines.add(
                "All test took %s%d=%d cycles"
                        .formatted(
                                modern ? "worker" : "CPU",
                                worker.number(),
                                clock.cycles(worker.nanos())));
        return lines;
    }

    private String line(TestResult result, boolean modern) {
        int repeat = parameters.value(Parameter.TEST_REPEAT_COUNT);
        String failures =
                modern
                        ? result.unexpected()
                                + " xfailed: "
                                + (result.failed() - result.unexpected())
                        : String.valueOf(result.failed());
        return "Summary: %s passed: %d failed: %s repeat: %d loops: %d avg: %d usec"
                .formatted(
                        result.test().key(),
                        result.passed(),
                        failures,
                        repeat,
                        parameters.value(Parameter.TEST_LOOP_COUNT),
                        result.nanos() / repeat / NANOS_PER_MICRO);
    }
}
