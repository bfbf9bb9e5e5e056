package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.RecordingLoopHooks;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Nests over rows whose indexes are known to be inside where they are entered, and others. */
class IndexProofTest {

    private static Shadow shadow;

    /** The nests. */
    static final class Target {

        private static int limit;

        private Target() {}

        static int growing(int[][] m, int[] b, int n) {
            int sum = 0;
            limit = n;
            for (int i = 0; i < m.length; i++) {
                for (int j = 0; j < limit; j++) {
                    sum += m[i][j];
                }
                limit = b.length;
            }
            return sum;
        }

        static int unknown(int[][] m, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    sum += m[i & 1][b[j]];
                }
            }
            return sum;
        }

        static int product(int[][] m, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < m.length; i++) {
                for (int j = 0; j < m[0].length; j++) {
                    for (int k = 0; k < n; k++) {
                        sum += m[i][k] * m[k][j] + b[j];
                    }
                }
            }
            return sum;
        }

        static int jagged(int[][] m, int[] b, int n) {
            int sum = 0;
            for (int i = n; i < m.length; i++) {
                int[] row = m[i];
                for (int j = row.length - 1; j >= 0; j--) {
                    sum += row[j];
                }
                for (int j = 0; j < m[i].length - 1; j++) {
                    sum += m[i][j + 1];
                }
            }
            return sum;
        }

        static int upTo(int[][] m, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < m.length; i++) {
                for (int j = 0; j < n - 1; j++) {
                    sum += m[i][j];
                }
            }
            return sum;
        }

        static int far(int[][] m, int[] b, int n) {
            int sum = 0;
            for (int i = 0; i < m.length; i++) {
                for (int j = n; j <= n + 1; j++) {
                    sum += m[i][(j + 2) * 2];
                }
            }
            return sum;
        }
    }

    @BeforeAll
    static void reserve() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
        RecordingLoopHooks.judge(shadow);
    }

    @AfterAll
    static void release() {
        RecordingLoopHooks.judge(null);
        shadow.close();
    }

    @BeforeEach
    void reset() {
        RecordingHooks.reset();
    }

    @Test
    void indexesThatAreInside_needNoHandler() {
        int[][] rows = {known("r", 20), known("s", 20)};
        assertThat(run("product", rows, known("b", 20), 2)).isEqualTo("returns 0");
        assertThat(RecordingLoopHooks.proofs()).isEqualTo(2);
        assertThat(RecordingLoopHooks.failedProofs()).isZero();
        assertThat(RecordingHooks.events()).isEmpty();
        assertThat(handlers("product")).isZero();
        assertThat(handlers("unknown")).isPositive();
    }

    @Test
    void indexesThatAreOutside_areCheckedEach() {
        int[][] rows = {known("r", 20), known("s", 19)};
        assertThat(run("product", rows, known("b", 20), 2)).startsWith("throws");
        assertThat(RecordingLoopHooks.failedProofs()).isPositive();
        assertThat(RecordingHooks.events()).containsExactly("load4 s[19]");
    }

    @Test
    void indexesOutsideOfArraysThatAreNotTracked_areLeftToJava() {
        int[][] rows = {known("r", 20), new int[19], known("s", 20)};
        assertThat(run("product", rows, known("b", 20), 2)).startsWith("throws");
        assertThat(RecordingLoopHooks.failedProofs()).isZero();
        assertThat(RecordingHooks.events()).isEmpty();
    }

    @Test
    void loopThatDoesNotRun_isInside() {
        int[][] rows = {known("r", 20), known("s", 20)};
        assertThat(run("product", rows, known("b", 20), -7)).isEqualTo("returns 0");
        assertThat(RecordingLoopHooks.failedProofs()).isZero();
    }

    @Test
    void lengthOfTheRowItself_isNotLookedAt() {
        int[][] rows = {known("r", 5), known("s", 0), known("t", 31)};
        assertThat(run("jagged", rows, null, 0)).isEqualTo("returns 0");
        assertThat(RecordingLoopHooks.proofs()).isZero();
        assertThat(RecordingHooks.events()).isEmpty();
        assertThat(handlers("jagged")).isZero();
    }

    @Test
    void nullRow_throwsAsBefore() {
        int[][] rows = {known("r", 20), null};
        String original = outcome(Variant.ORIGINAL, "product", rows, known("b", 20), 2);
        assertThat(run("product", rows, known("b", 20), 2)).isEqualTo(original);
        assertThat(RecordingHooks.events()).isEmpty();
    }

    @Test
    void intsThatOverflow_areNoProof() {
        int[][] rows = {known("r", 20)};
        String original = outcome(Variant.ORIGINAL, "far", rows, null, Integer.MAX_VALUE - 1);
        assertThat(run("far", rows, null, Integer.MAX_VALUE - 1)).isEqualTo(original);
        assertThat(RecordingHooks.events()).containsExactly("load4 r[20]");
        assertThat(handlers("far")).isZero();
    }

    @Test
    void boundThatOverflows_isNoProof() {
        int[][] rows = {known("r", 20)};
        assertThat(run("upTo", rows, null, Integer.MIN_VALUE)).startsWith("throws");
        assertThat(RecordingHooks.events()).containsExactly("load4 r[20]");
        assertThat(handlers("upTo")).isZero();
    }

    @Test
    void boundInAFieldThatTheNestSets_isNoProof() {
        int[][] rows = {known("r", 20), known("s", 20)};
        assertThat(run("growing", rows, new int[21], 7)).startsWith("throws");
        assertThat(RecordingHooks.events()).containsExactly("load4 s[20]");
        assertThat(handlers("growing")).isPositive();
    }

    private static int handlers(String method) {
        ClassNode rewritten = new ClassNode();
        byte[] classFile = Variant.VERSIONS.of(Variant.classFile(Target.class));
        new ClassReader(classFile).accept(rewritten, 0);
        return rewritten.methods.stream()
                .filter(each -> each.name.equals(method))
                .mapToInt(each -> each.tryCatchBlocks.size())
                .sum();
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
