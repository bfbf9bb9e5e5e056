package org.jkasan.samples.testvmalloc;

import java.util.List;

/**
 * What one worker did.
 *
 * @param number its CPU's, or just its own where it was bound to none
 * @param tests in the order of the module
 * @param nanos from the first test's begin to the last one's end
 */
record WorkerResult(int number, List<TestResult> tests, long nanos) {

    boolean isGood() {
        return tests.stream().allMatch(test -> test.unexpected() == 0);
    }
}
