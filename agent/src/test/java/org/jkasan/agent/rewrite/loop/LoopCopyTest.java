package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for a loop holds for its copy: handlers, line numbers. */
class LoopCopyTest {

    /** The loops. */
    static final class Target {

        private Target() {}

        /** Its finally block stands in the loop as well, where nothing handles its exceptions. */
        static int finallyInLoop(int[] a, int[] log) {
            try {
                for (int i = 0; i < a.length; i++) {
                    if (a[i] < 0) {
                        return i;
                    }
                }
                return -1;
            } finally {
                log[0]++;
                log[a.length]++;
            }
        }

        static int handledOutside(int[] a, int[] log) {
            try {
                for (int i = 0; i <= a.length; i++) {
                    log[1] += a[i];
                }
            } catch (ArrayIndexOutOfBoundsException e) {
                log[0]++;
                return lineOf(e);
            }
            return 0;
        }

        static int handledBefore(int[] a, int[] log) {
            try {
                log[0]++;
            } catch (ArrayIndexOutOfBoundsException e) {
                return lineOf(e);
            }
            int i = 0;
            while (i < a.length + 1) {
                log[1] += a[i];
                i++;
            }
            return 0;
        }

        static int line(int[] a, int[] log) {
            int line = 0;
            try {
                line = throwing(a);
            } catch (ArrayIndexOutOfBoundsException e) {
                line = lineOf(e);
            }
            log[0] = line;
            return line;
        }

        private static int throwing(int[] a) {
            int sum = 0;
            int i = 0;
            while (i < a.length + 3) {
                sum += a[i++];
            }
            return sum;
        }

        /** The second loop begins where the first one ends. */
        static int oneBehindTheOther(int[] a, int[] b) {
            int sum = 0;
            int i = 0;
            do {
                sum += a[i & 3];
                i++;
            } while (i < 3);
            do {
                sum += b[i & 3];
                i--;
            } while (i > 0);
            return sum;
        }

        private static int lineOf(Exception e) {
            return e.getStackTrace()[0].getLineNumber();
        }
    }

    @BeforeEach
    void forgetArrays() {
        RecordingHooks.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "finallyInLoop, 2",
        "finallyInLoop, 9",
        "handledOutside, 9",
        "handledBefore, 9",
        "handledBefore, 0",
        "line, 9"
    })
    void copy_throwsAsTheLoopDoes(String method, int logLength) {
        String original = run(Variant.ORIGINAL, method, logLength, false);
        assertThat(run(Variant.VERSIONS, method, logLength, false)).isEqualTo(original);
        assertThat(run(Variant.VERSIONS, method, logLength, true)).isEqualTo(original);
    }

    @Test
    void loopBehindTheCopyOfAnother_isCheckedAsAnyOther() {
        int[] known = {1, 2, 3, 4};
        RecordingHooks.know(known, "b");
        Class<?> target = Variant.VERSIONS.define(Target.class);
        Variant.outcome(Variant.method(target, "oneBehindTheOther"), new int[4], known);
        assertThat(RecordingHooks.events())
                .containsExactly("load4 b[3]", "load4 b[2]", "load4 b[1]");
    }

    private static String run(Variant variant, String method, int logLength, boolean known) {
        int[] a = {1, 2, -3};
        int[] log = new int[logLength];
        if (known) {
            RecordingHooks.know(a, "a");
        }
        Class<?> target = variant.define(Target.class);
        String outcome = Variant.outcome(Variant.method(target, method), a, log);
        return outcome + Arrays.toString(log);
    }
}
