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
        long begin = System.nanoTime();
        long loop = begin;
        long end = begin;
        boolean passed = false;
        try {
            boolean prepared = body.prepare();
            loop = System.nanoTime();
            passed = prepared && body.loop();
            end = System.nanoTime();
        } finally {
            body.cleanUp();
        }
        long all = System.nanoTime() - begin;
        return new TestRun(passed, all - (end - loop), end - loop);
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
