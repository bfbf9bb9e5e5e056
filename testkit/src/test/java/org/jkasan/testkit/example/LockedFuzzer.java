package org.jkasan.testkit.example;

import org.jkasan.testkit.property.FuzzTarget;

/** What a coverage-guided fuzzer calls. */
public final class LockedFuzzer {

    private static final FuzzTarget<LockedSubject> TARGET =
            new FuzzTarget<>(LockedSubject.actions(), LockedSubject::new);

    private LockedFuzzer() {}

    /** The name is the fuzzer's. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        TARGET.run(bytes);
    }
}
