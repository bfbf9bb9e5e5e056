package org.jkasan.agent.rewrite.loop;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jkasan.agent.rewrite.Variant;

/** What holds for all random loops. */
abstract class RandomLoopsProperties extends SameReports {

    /** The memory that the class's method gets, some of it tracked, some bad. */
    protected abstract Object[] arguments(Random random);

    protected final void assertSame(String name, byte[] classFile, long seed) {
        assertSame(
                variant -> outcome(variant, name, classFile, seed),
                variant -> Variant.dump(variant.of(classFile)));
    }

    private String outcome(Variant variant, String name, byte[] classFile, long seed) {
        Object[] arguments = arguments(new Random(seed));
        String outcome;
        try {
            Class<?> target = variant.define(name, classFile);
            outcome = Variant.outcome(Variant.method(target, "run"), arguments);
        } catch (VerifyError refused) {
            throw new AssertionError(variant + ": " + Variant.dump(variant.of(classFile)), refused);
        }
        Object[] left = Arrays.stream(arguments).map(RandomLoopsProperties::contents).toArray();
        return outcome + Arrays.deepToString(left);
    }

    private static Object contents(Object argument) {
        return argument instanceof ByteBuffer buffer
                ? new Object[] {buffer.position(), buffer.array()}
                : argument;
    }
}
