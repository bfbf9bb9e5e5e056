package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.RecordingLoopHooks;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loops in loops, of whose arrays all elements are looked at where the outer one is entered. */
class NestsTest {

    private static Shadow shadow;

    /** The loops. */
    static final class Target {

        private static int[] field;

        private final int[] mine;

        private Target(int[] mine) {
            this.mine = mine;
        }

        static int lengthOfEachRow(int[][] m, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < m.length; i++) {
                for (int j = 0; j < m[i].length; j++) {
                    sum += m[i][j];
                }
            }
            return sum;
        }

        static int lengthOfOneRow(int[][] m, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < m.length; i++) {
                for (int j = 0; j < m[n].length; j++) {
                    sum += m[i][j];
                }
            }
            return sum;
        }

        static int line(int[] a, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 3; j++) {
                    sum += a[b[j]];
                }
            }
            return sum;
        }

        static int[] two(int[] a, int[] b, int n) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 3; j++) {
                    a[j] += 3 * b[j + (i & 1)] + i;
                }
            }
            return a;
        }

        static int assigned(int[] a, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 3; j++) {
                    sum += a[j] + b[0];
                }
                a = b;
            }
            return sum;
        }

        static int oneAfterTheOther(int[] a, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 3; j++) {
                    sum += a[j];
                }
            }
            a = b;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 3; j++) {
                    sum += a[j];
                }
            }
            return sum;
        }

        static int five(int[][] m, int[] e, int n) {
            int[] a = m[0];
            int[] b = m[1];
            int[] c = m[2];
            int[] d = m[3];
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 3; j++) {
                    sum += a[j] + b[j] + c[j] + d[j] + e[j];
                }
            }
            return sum;
        }

        static int rows(int[][] m, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                int[] row = m[i & 1];
                for (int j = 0; j < n; j++) {
                    sum += row[j] + m[0][b[0]];
                }
            }
            return sum;
        }

        static int setRows(int[][] m, int[] b, int n) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 2; j++) {
                    m[j] = b;
                    b[0] += m[1][j];
                }
            }
            return 0;
        }

        static int copyRows(int[][] m, int[] b, int n) {
            int[][] other = {b, b};
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 2; j++) {
                    System.arraycopy(other, 0, m, 0, 2);
                    b[0] += m[1][j];
                }
            }
            return 0;
        }

        static int field(int[] a, int[] b, int n) {
            field = a;
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < b.length; j++) {
                    sum += field[b[j]];
                }
            }
            return sum;
        }

        static int setField(int[] a, int[] b, int n) {
            field = b;
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 3; j++) {
                    sum += field[j];
                    field = a;
                }
            }
            return sum;
        }

        static int fieldOfThis(int[] a, int[] b, int n) {
            return new Target(a).sum(b, n);
        }

        private int sum(int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 2; j++) {
                    sum += mine[b[j]];
                }
            }
            return sum;
        }

        static int caught(int[] a, int[] b, int n) {
            int caught = 0;
            try {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < 3; j++) {
                        caught = i;
                        a[b[j]]++;
                    }
                }
            } catch (RuntimeException e) {
                return caught + e.getStackTrace()[0].getLineNumber();
            }
            return -1;
        }
    }

    @BeforeAll
    static void reserve() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
    }

    @AfterAll
    static void release() {
        shadow.close();
    }

    @BeforeEach
    void judge() {
        RecordingHooks.reset();
        RecordingLoopHooks.judge(shadow);
    }

    @AfterEach
    void judgeNoMore() {
        RecordingLoopHooks.judge(null);
    }

    @Test
    void accessibleArrays_areLookedAtOnce() {
        assertThat(run("line", known("a", 9), new int[] {0, 8, 3}, 20)).isEqualTo("returns 0");
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(1);
        int[][] rows = {known("r", 20), known("s", 20)};
        assertThat(run("rows", rows, new int[] {3}, 20)).isEqualTo("returns 0");
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(2);
        assertThat(RecordingHooks.events()).isEmpty();
    }

    @Test
    void copy_worksOnTheArraysThatTheHookReturned() {
        int[] a = known("a", 9);
        int[] other = new int[9];
        RecordingLoopHooks.replace(a, other);
        run("two", a, known("b", 9), 20);
        assertThat(a).containsOnly(0);
        assertThat(other).containsExactly(190, 190, 190, 0, 0, 0, 0, 0, 0);
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(2);
    }

    @Test
    void nullAmongTheArrays_isThrownAsBefore() {
        String original = outcome(Variant.ORIGINAL, "two", null, known("b", 9), 20);
        assertThat(original).startsWith("throws java.lang.NullPointerException");
        assertThat(run("two", null, known("c", 9), 20)).isEqualTo(original);
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(1);
        assertThat(RecordingHooks.events()).isEmpty();
    }

    @Test
    void oneArrayTwice_isTheSameOneBehindTheHook() {
        int[] plain = {1, 2, 3, 4};
        String original = outcome(Variant.ORIGINAL, "two", plain, plain, 20);
        int[] a = known("a", 4);
        System.arraycopy(new int[] {1, 2, 3, 4}, 0, a, 0, 4);
        assertThat(run("two", a, a, 20)).isEqualTo(original);
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(2);
    }

    @Test
    void arrayThatTheNestSets_isCheckedAsTheOneThatItIs() {
        int[] b = known("b", 9);
        shadow.poison(RecordingHooks.address(b) + 8, 8, ShadowByte.VMALLOC_INVALID);
        run("assigned", known("a", 9), b, 2);
        assertThat(RecordingHooks.events()).containsExactly("load4 b[2]");
    }

    @Test
    void arraySetBetweenTwoNests_isLookedAtByTheSecond() {
        int[] a = known("a", 9);
        int[] b = known("b", 9);
        run("oneAfterTheOther", a, b, 20);
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(2);
        shadow.poison(RecordingHooks.address(b) + 8, 8, ShadowByte.VMALLOC_INVALID);
        run("oneAfterTheOther", a, b, 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 b[2]");
    }

    @Test
    void badElementOfOneOfTwoArrays_isReportedAtItsAccess() {
        int[] b = known("b", 9);
        shadow.poison(RecordingHooks.address(b) + 8, 8, ShadowByte.VMALLOC_INVALID);
        run("two", known("a", 9), b, 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 b[2]");
    }

    @Test
    void moreArraysThanTheHookTakes_areLookedAtAll() {
        int[][] four = {known("a", 9), known("b", 9), known("c", 9), known("d", 9)};
        int[] e = known("e", 9);
        assertThat(run("five", four, e, 20)).isEqualTo("returns 0");
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(5);
        shadow.poison(RecordingHooks.address(e) + 8, 8, ShadowByte.VMALLOC_INVALID);
        run("five", four, e, 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 e[2]");
    }

    @Test
    void lengthsOfRows_payForTheLook() {
        for (String nest : List.of("lengthOfEachRow", "lengthOfOneRow")) {
            RecordingHooks.reset();
            int[][] rows = {known("r", 20), known("s", 20), known("t", 20)};
            assertThat(run(nest, rows, null, 1)).isEqualTo("returns 0");
            assertThat(RecordingHooks.events()).as(nest).isEmpty();
            assertThat(RecordingLoopHooks.cleanArrays()).as(nest).isPositive();
        }
    }

    @Test
    void indexOutside_isReportedBeforeTheException() {
        int[] b = {0, 9, 3};
        String original = outcome(Variant.ORIGINAL, "line", known("a", 9), b, 20);
        assertThat(run("line", known("a", 9), b, 20)).isEqualTo(original);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[9]");
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(1);
    }

    @Test
    void indexOutsideOfARow_isReportedBeforeTheException() {
        int[][] rows = {known("r", 20), known("s", 10)};
        assertThat(run("rows", rows, new int[] {3}, 12)).startsWith("throws");
        assertThat(RecordingHooks.events()).containsExactly("load4 s[10]");
    }

    @Test
    void indexOutside_isCaughtAsBefore() {
        int[] b = {0, 8, -1};
        String original = outcome(Variant.ORIGINAL, "caught", known("a", 9), b, 20);
        assertThat(run("caught", known("a", 9), b, 20)).isEqualTo(original);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[-1]");
    }

    @Test
    void arraysInFields_areLookedAtOnce() {
        int[] b = {0, 8};
        assertThat(run("field", known("a", 9), b, 20)).isEqualTo("returns 0");
        assertThat(run("fieldOfThis", known("c", 9), b, 20)).isEqualTo("returns 0");
        assertThat(RecordingLoopHooks.cleanArrays()).isEqualTo(2);
        b[1] = 9;
        assertThat(run("fieldOfThis", known("d", 9), b, 20)).startsWith("throws");
        assertThat(RecordingHooks.events()).containsExactly("load4 d[9]");
    }

    @Test
    void fieldThatTheLoopSets_isCheckedEach() {
        int[] a = known("a", 9);
        shadow.poison(RecordingHooks.address(a) + 8, 8, ShadowByte.VMALLOC_INVALID);
        run("setField", a, known("b", 9), 20);
        assertThat(RecordingHooks.events()).contains("load4 a[2]");
    }

    @Test
    void oneBadElement_isReportedAtItsAccess() {
        int[] a = known("a", 90);
        shadow.poison(RecordingHooks.address(a) + 8 * 4, 8, ShadowByte.VMALLOC_INVALID);
        run("line", a, new int[] {0, 9, 3}, 1);
        assertThat(RecordingHooks.events()).containsExactly("load4 a[9]");
    }

    @Test
    void rowsThatTheLoopSets_areCheckedEach() {
        int[] b = known("b", 1);
        run("setRows", new int[2][1], b, 20);
        assertThat(RecordingHooks.events()).containsExactly("load4 b[1]");
    }

    @Test
    void rowsThatTheLoopCopies_areCheckedEach() {
        int[] b = known("b", 1);
        run("copyRows", new int[2][1], b, 20);
        assertThat(RecordingHooks.events()).contains("load4 b[1]");
    }

    /** A tracked array with redzones. */
    private static int[] known(String name, int length) {
        return Redzones.ints(shadow, name, length);
    }

    private static String run(String method, Object... arguments) {
        return outcome(Variant.VERSIONS, method, arguments);
    }

    private static String outcome(Variant variant, String method, Object... arguments) {
        return Variant.outcome(Variant.method(variant.define(Target.class), method), arguments);
    }
}
