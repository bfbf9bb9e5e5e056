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

        /** What a copy of its loop makes too large to be inlined, and groups alone would. */
        static int aroundLoop(int[] a, int i) {
            int b = a[0];
            int c = a[1];
            int d = a[2];
            int e = a[3];
            for (int j = 0; j < 3; j++) {
                int f = b + (c << 3 ^ d >>> 5) * 31 - (e & 0xFFFF) + (b << 7 ^ e >>> 2) * 37;
                int g = c - (d << 5 ^ e >>> 3) * 41 + (b & 0xFFFF) - (c << 3 ^ d >>> 6) * 43;
                b = c + (f ^ g) * 47 - a[i] + (f << 9 | g >>> 23) * 53 - (f & g) * 59;
                c = d - (f | g) * 61 + b * 67 + (f << 11 | g >>> 21) * 71 - (f ^ g) * 73;
                d = e + f * 79 - g * 83 + (b << 13 | c >>> 19) * 89 + (f & c) * 97;
                e = f ^ g * 101 ^ (b - c) * 103 ^ (c << 15 | d >>> 17) * 107;
            }
            a[0] += b;
            a[1] += c;
            a[2] += d;
            a[3] += e;
            return 0;
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
    void groups_areLeftOutOnlyWhereTheMethodCanStillBeInlined() {
        // the groups' two, and one where the loop's checked version is entered
        assertThat(questions("aroundLoop", known(), 0)).isEqualTo(3);
        assertThat(RecordingHooks.events()).hasSize(4 + 3 + 8);
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
