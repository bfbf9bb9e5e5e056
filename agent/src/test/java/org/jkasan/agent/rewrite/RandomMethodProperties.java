package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random methods do the same rewritten, and handles check exactly what short checks do. */
class RandomMethodProperties {

    /** What a run came to, each check once: the same again may be left out. */
    private record Run(String outcome, List<String> events) {}

    @Property(tries = 600)
    void randomMethod_rewritten_doesTheSame(@ForAll long seed) {
        byte[] classFile = RandomMethod.classFile(seed);
        Run original = run(Variant.ORIGINAL, classFile, seed);
        Run simple = run(Variant.SHORT, classFile, seed);
        Run hoisted = run(Variant.HANDLES, classFile, seed);

        assertThat(simple.outcome)
                .as(() -> Variant.dump(Variant.SHORT.of(classFile)))
                .isEqualTo(original.outcome);
        assertThat(hoisted)
                .as(() -> Variant.dump(Variant.HANDLES.of(classFile)))
                .isEqualTo(new Run(original.outcome, simple.events));
        assertThat(run(Variant.VERSIONS, classFile, seed))
                .as(() -> Variant.dump(Variant.VERSIONS.of(classFile)))
                .isEqualTo(new Run(original.outcome, simple.events));
    }

    private static Run run(Variant variant, byte[] classFile, long seed) {
        RecordingHooks.reset();
        RandomMethodSupport.reset();
        int[] a = {1, 2, 3, 4, 5, 6, 7, 8};
        int[] b = (seed & 1) == 0 ? a : new int[] {8, 7, 6, 5, 4, 3, 2, 1};
        byte[] c = {1, 0, 2, 0, 3, 0, 4, 0};
        long[] d = {-1, 1, -2, 2, -3, 3, -4, 4};
        int[][] m = {a, new int[8], b, null, new int[8], a, new int[8], new int[8]};
        RecordingHooks.know(a, "a");
        RecordingHooks.know(c, "c");
        RecordingHooks.know(d, "d");
        RecordingHooks.know(m[4], "m4");
        Object[] arguments = {a, b, c, d, m, (int) (seed >>> 40) & 15};
        String outcome;
        try {
            Class<?> target = variant.define(RandomMethod.NAME, classFile);
            outcome = Variant.outcome(Variant.method(target, "run"), arguments);
        } catch (VerifyError e) {
            throw new AssertionError(variant + ": " + Variant.dump(variant.of(classFile)), e);
        }
        return new Run(
                outcome + " leaving " + Arrays.deepToString(arguments),
                RecordingHooks.events().stream().distinct().toList());
    }
}
