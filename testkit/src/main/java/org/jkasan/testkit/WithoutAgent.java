package org.jkasan.testkit;

import java.util.Locale;
import java.util.Optional;
import org.jkasan.Kasan;

/** What becomes of a {@link KasanTest} in a JVM that runs without the agent. */
public enum WithoutAgent {
    /** What the configuration parameter {@value #PARAMETER} says; without it, {@link #REQUIRE}. */
    BY_PARAMETER,
    /** It fails: a test that checks nothing must not pass. */
    REQUIRE,
    /** It is skipped. */
    SKIP;

    /** The JUnit configuration parameter, or system property: "require" or "skip". */
    public static final String PARAMETER = "kasan.testkit.agent";

    private static final String HOW =
            "KASAN is not in this JVM: start it with -javaagent:jkasan.jar (Maven Surefire: in"
                    + " <argLine>; Gradle: test { jvmArgs '-javaagent:...' }), or set "
                    + PARAMETER
                    + "=skip to skip such tests.";

    /** Whether the agent is missing and tests are to be skipped for that. */
    public boolean skips(Optional<String> parameter) {
        return !Kasan.enabled() && resolve(parameter) == SKIP;
    }

    /**
     * Fails where the agent is missing.
     *
     * @throws AssertionError that says how to attach it
     */
    public static void requireAgent() {
        if (!Kasan.enabled()) {
            throw new AssertionError(HOW);
        }
    }

    /** The sentence that says how to attach the agent. */
    public static String how() {
        return HOW;
    }

    private WithoutAgent resolve(Optional<String> parameter) {
        if (this != BY_PARAMETER) {
            return this;
        }
        return switch (parameter.orElse("require").toLowerCase(Locale.ROOT)) {
            case "require" -> REQUIRE;
            case "skip" -> SKIP;
            default ->
                    throw new IllegalArgumentException(
                            PARAMETER
                                    + "="
                                    + parameter.get()
                                    + " is neither \"require\" nor \"skip\".");
        };
    }
}
