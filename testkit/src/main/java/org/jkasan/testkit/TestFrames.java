package org.jkasan.testkit;

import java.util.regex.Pattern;

/** Stacks in a report's text without what called the test: reflection, and all below it. */
final class TestFrames {

    /** The call of a test method, and the frames behind it. */
    private static final Pattern MACHINERY =
            Pattern.compile(
                    "(?m)^ (?:jdk\\.internal\\.reflect\\.|java\\.lang\\.reflect\\.Method\\.)"
                            + ".*\\n(?: [^<\\n]*\\(.*\\)\\n)*");

    private TestFrames() {}

    /** The text with three dots for the frames behind a test method. */
    static String cut(String report) {
        return MACHINERY.matcher(report).replaceAll(" ...\n");
    }
}
