package org.jkasan.samples.kasantest;

import java.util.List;

/**
 * Cases in the order in which they run.
 *
 * @param version of the kernel that has them so, on the command line
 * @param cases the cases
 */
record Suite(String version, List<TestCase> cases) {

    /** What the kernel calls either. */
    static final String NAME = "kasan";

    /** Those that can be chosen, the default first. */
    static List<Suite> all() {
        return List.of(
                new Suite("v6.19", CurrentSuite.cases()), new Suite("v5.5", OldModule.cases()));
    }
}
