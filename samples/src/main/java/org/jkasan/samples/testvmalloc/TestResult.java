package org.jkasan.samples.testvmalloc;

/**
 * What all runs of one test in one worker came to.
 *
 * @param failed runs that failed, those among them that were expected to
 * @param nanos what all of them took
 */
record TestResult(VmallocTest test, int passed, int failed, long nanos) {

    /** A test that has not run. */
    static TestResult none(VmallocTest test) {
        return new TestResult(test, 0, 0, 0);
    }

    /** The same and one more run. */
    TestResult and(TestRun run) {
        return new TestResult(
                test,
                passed + (run.passed() ? 1 : 0),
                failed + (run.passed() ? 0 : 1),
                nanos + run.nanos());
    }

    /** Failures that nobody expects. */
    int unexpected() {
        return test.isExpectedToFail() ? 0 : failed;
    }
}
