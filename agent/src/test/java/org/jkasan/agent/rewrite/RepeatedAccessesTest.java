package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which accesses are checked again, and which are not. */
class RepeatedAccessesTest {

    private static final Class<?> TARGET = Variant.VERSIONS.define(Target.class);

    /** The accesses. */
    static final class Target {

        private static int[] field;

        private Target() {}

        static int same(int[] a, int i) {
            return a[i] + a[i + 1] + a[i + 1 - 1] + a[1 + i];
        }

        static void loadsAndStores(int[] a, int i) {
            a[i] += 1;
            a[i] += 2;
        }

        static int changedIndex(int[] a, int i) {
            int first = a[i];
            i++;
            return first + a[i];
        }

        static int changedArray(int[] a, int[] b, int i) {
            int first = a[i];
            a = b;
            return first + a[i] + b[i];
        }

        static int afterCall(int[] a, int i) {
            int first = a[i];
            toggle(a);
            return first + a[i];
        }

        static int onOneWay(int[] a, int i) {
            int first = 0;
            if (i > 0) {
                first = a[i];
            }
            return first + a[i];
        }

        static int onTheOnlyWay(int[] a, int i) {
            int first = a[i];
            if (first < 0) {
                return 0;
            }
            return first + a[i];
        }

        static int row(int[][] m, int i) {
            return m[0][i] + m[0][i];
        }

        static int fresh(int i) {
            int[] a = {1, 2, 3};
            a[i] = 4;
            return a[0] + a[i];
        }

        static int freshAfterCall(int i) {
            int[] a = {1, 2, 3};
            toggle(a);
            return a[i];
        }

        static int freshInField(int i) {
            field = new int[] {1, 2, 3};
            return field[i];
        }

        private static void toggle(int[] a) {
            RandomMethodSupport.toggle(a);
        }
    }

    @BeforeEach
    void forgetArrays() {
        RecordingHooks.reset();
        RandomMethodSupport.reset();
    }

    @Test
    void elementLoadedAgain_isCheckedOnce() {
        run("same", known(), 0);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[0]", "load4 a[1]");
    }

    @Test
    void store_isCheckedWhateverWasLoaded() {
        run("loadsAndStores", known(), 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[1]", "store4 a[1]");
    }

    @Test
    void otherElement_isChecked() {
        run("changedIndex", known(), 0);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[0]", "load4 a[1]");
    }

    @Test
    void otherArray_isCheckedOnceByEitherName() {
        int[] b = known();
        RecordingHooks.know(b, "b");
        run("changedArray", known(), b, 0);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[0]", "load4 b[0]");
    }

    @Test
    void afterACall_isCheckedAgain() {
        int[] a = known();
        RecordingHooks.forget(a);
        run("afterCall", a, 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 again0[1]");
    }

    @Test
    void whereWaysMeet_isCheckedAgain() {
        run("onOneWay", known(), 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[1]", "load4 a[1]");
    }

    @Test
    void behindAnExit_isNotCheckedAgain() {
        run("onTheOnlyWay", known(), 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[1]");
    }

    @Test
    void rowLoadedAgain_mayBeAnother() {
        int[] a = known();
        run("row", new int[][] {a}, 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[1]", "load4 a[1]");
    }

    @Test
    void freshArray_isNotCheckedBeforeACall() {
        assertThat(checks("fresh")).isZero();
        assertThat(checks("freshAfterCall")).isEqualTo(1);
        assertThat(checks("freshInField")).isEqualTo(1);
        assertThat(run("freshAfterCall", 2)).isEqualTo("returns 3");
        assertThat(RecordingHooks.events()).containsExactly("load4 again0[2]");
    }

    private static int checks(String method) {
        String code = Variant.dump(Variant.VERSIONS.of(Variant.classFile(Target.class)));
        int start = code.indexOf(" " + method + "(");
        String body = code.substring(start, code.indexOf("MAXSTACK", start));
        return body.split("RecordingHooks", -1).length - 1;
    }

    private static int[] known() {
        int[] array = {1, 2, 3};
        RecordingHooks.know(array, "a");
        return array;
    }

    private static String run(String method, Object... arguments) {
        return Variant.outcome(Variant.method(TARGET, method), arguments);
    }
}
