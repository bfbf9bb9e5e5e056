package org.jkasan.samples.testvmalloc;

/**
 * What one run of a test came to.
 *
 * @param passed whether nothing in it failed
 * @param aroundNanos what preparing and clearing up took
 * @param loopNanos what the loop took
 */
record TestRun(boolean passed, long aroundNanos, long loopNanos) {

    /** Runs a test once, and measures. */
    static TestRun of(TestBody body) {
        return of(body, () -> {});
    }

    /**
     * Runs a test once, and measures.
     *
     * @param meet waits for other workers, before the loop and behind it; not counted
     */
    static TestRun of(TestBody body, Runnable meet) {
        long begin = System.nanoTime();
        long ready = begin;
        long loop = begin;
        long end = begin;
        long left = begin;
        boolean passed = false;
        try {
            boolean prepared = body.prepare();
            ready = System.nanoTime();
            meet.run();
            loop = System.nanoTime();
            passed = prepared && body.loop();
            end = System.nanoTime();
            meet.run();
            left = System.nanoTime();
        } finally {
            body.cleanUp();
        }
        long around = ready - begin + System.nanoTime() - left;
        return new TestRun(passed, around, end - loop);
    }

    /** This run and another together. */
    TestRun and(TestRun other) {
        return new TestRun(
                passed && other.passed,
                aroundNanos + other.aroundNanos,
                loopNanos + other.loopNanos);
    }

    long nanos() {
        return aroundNanos + loopNanos;
    }
}
