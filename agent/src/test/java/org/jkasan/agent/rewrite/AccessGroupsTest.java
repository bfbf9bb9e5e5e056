package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a handle is asked for in code without loops. */
class AccessGroupsTest {

    private static final Class<?> TARGET = Variant.VERSIONS.define(Target.class);

    /** The accesses. */
    static final class Target {

        private Target() {}

        static int one(int[] a, int i) {
            return a[i];
        }

        static int sideBySide(int[] a, int i) {
            return a[i + 2] + a[i] + a[i + 1] + a[i + 3];
        }

        static int constants(int[] a, int i) {
            int sum = a[1] + a[0];
            a[2] = sum + i;
            a[3] += 5;
            return sum;
        }

        static int anywhere(int[] a, int i) {
            return a[a[i] & 3] + a[a[i + 1] & 3];
        }

        static int onOneWay(int[] a, int i) {
            int sum = a[i];
            if (sum > 0) {
                sum += a[i + 1];
            }
            return sum;
        }

        static int onEitherWay(int[] a, int i) {
            return i > 0 ? a[i] : a[i + 1];
        }

        static int aroundCall(int[] a, int i) {
            int sum = a[i] + a[i + 1];
            RandomMethodSupport.toggle(a);
            return sum + a[i] + a[i + 1];
        }

        static int beyond(int[] a, int i) {
            return a[i] + a[i + 1] + a[i + 2] + a[i + 3] + a[i + 4];
        }
    }

    @BeforeEach
    void forgetArrays() {
        RecordingHooks.reset();
        RandomMethodSupport.reset();
    }

    @Test
    void singleAccess_needsNoHandle() {
        assertThat(questions("one", known(), 0)).isZero();
        assertThat(questions("onEitherWay", known(), 0)).isZero();
    }

    @Test
    void severalAccesses_askOnce() {
        assertThat(questions("sideBySide", known(), 0)).isEqualTo(1);
        assertThat(questions("constants", known(), 0)).isEqualTo(1);
        assertThat(questions("onOneWay", known(), 0)).isEqualTo(1);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[0]", "load4 a[1]");
    }

    @Test
    void unknownIndexes_haveAHandleOfTheirOwn() {
        assertThat(questions("anywhere", known(), 0)).isEqualTo(2);
        assertThat(RecordingHooks.events())
                .containsExactly("load4 a[0]", "load4 a[1]", "load4 a[1]", "load4 a[2]");
    }

    @Test
    void call_endsAHandle() {
        int[] a = known();
        RecordingHooks.forget(a);
        assertThat(questions("aroundCall", a, 1)).isEqualTo(2);
        assertThat(RecordingHooks.events()).containsExactly("load4 again0[1]", "load4 again0[2]");
    }

    @Test
    void accesses_areReportedInTheirOrderUpToTheOneThatThrows() {
        run("sideBySide", known(), 0);
        assertThat(RecordingHooks.events())
                .containsExactly("load4 a[2]", "load4 a[0]", "load4 a[1]", "load4 a[3]");
        RecordingHooks.reset();
        run("beyond", known(), 1);
        assertThat(RecordingHooks.events())
                .containsExactly("load4 a[1]", "load4 a[2]", "load4 a[3]", "load4 a[4]");
    }

    private static int[] known() {
        RecordingHooks.reset();
        int[] array = {1, 2, 3, 4};
        RecordingHooks.know(array, "a");
        return array;
    }

    private static int questions(String method, Object... arguments) {
        run(method, arguments);
        return RecordingHooks.questions();
    }

    private static String run(String method, Object... arguments) {
        return Variant.outcome(Variant.method(TARGET, method), arguments);
    }
}
