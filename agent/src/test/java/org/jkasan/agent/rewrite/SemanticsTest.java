package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bytecode, original and rewritten: same results, same exceptions, same arrays after. */
class SemanticsTest {

    private static final Class<?>[] ARRAY_TARGETS = define(ArrayTarget.class);

    private static Class<?>[] define(Class<?> target) {
        return Arrays.stream(Variant.values())
                .map(variant -> variant.define(target))
                .toArray(Class<?>[]::new);
    }

    @BeforeEach
    void forgetArrays() {
        RecordingHooks.reset();
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                call("constructor", () -> args(ints(1, 2, 3, 4))),
                call("constructor", () -> args(ints(1, 2, 3))),
                call("recordConstructor", () -> args(ints(1, 2, 3))),
                call("recordConstructor", SemanticsTest::nothing),
                call("staticTable", () -> args(7)),
                call("staticTable", () -> args(8)),
                call("elements", SemanticsTest::eight),
                call("elementsInLoop", SemanticsTest::eight),
                call(
                        "compound",
                        () ->
                                args(
                                        new byte[] {1, 127, -128, 3},
                                        new boolean[3],
                                        new long[] {1, 2, 3, 4},
                                        new double[] {8, 9, 10})),
                call("compound", () -> args(new byte[4], new boolean[2], new long[4], null)),
                call("xor", () -> args(ints(1, 2, 3), ints(4, 5, 6), new int[3])),
                call("xor", () -> args(ints(1, 2, 3), ints(4, 5), new int[3])),
                call("xor", () -> args(ints(1, 2), null, new int[3])),
                call("xor", () -> args(null, ints(1, 2), new int[3])),
                call("xor", () -> args(ints(1, 2), ints(1, 2), null)),
                call("xor", () -> args(ints(1, 2), ints(1, 2), new int[0])),
                call("insertionSort", () -> args(ints(5, 3, 9, 1, 1, 7, -2))),
                call(
                        "matrix",
                        () -> args(new int[][] {{1, 2}, {3, 4}}, new int[][] {{5, 6}, {7, 8}})),
                call(
                        "matrix",
                        () -> args(new int[][] {{1, 2}, null}, new int[][] {{5, 6}, {7, 8}})),
                call("rowVariable", () -> args((Object) new int[][] {{1, 2}, {3}, {}})),
                call("rowVariable", () -> args((Object) new int[][] {{1, 2}, null})),
                call("doWhile", () -> args(ints(1, 2, 3, 7, 5))),
                call("doWhile", () -> args(ints(1, 2, 3))),
                call("labels", () -> args(ints(1, 5, 3, 8), ints(2, 3, 2))));
    }

    static Stream<Arguments> moreCalls() {
        return Stream.of(
                call("tryInLoop", () -> args(ints(1, 2, 3))),
                call("tryInLoop", () -> args(new int[0])),
                call("tryInLoop", SemanticsTest::nothing),
                call("loopInTry", () -> args(ints(1, 2, 3), ints(4, 5))),
                call("loopInTry", () -> args(ints(1, 2, 3), null)),
                call("retry", () -> args(ints(0, 9), ints(0, 0, 1))),
                call("switchInLoop", () -> args(new byte[] {0, 5, 2, 1, 99}, new int[4])),
                call("switchInLoop", () -> args(new byte[] {0, 5, 3}, new int[4])),
                call("switchInLoop", () -> args(new byte[] {0, 5, 0, 6}, new int[1])),
                call("ternaries", () -> args(ints(1, 2, 3, 4), ints(9, 8, 7, 6), 4)),
                call("ternaries", () -> args(ints(1, 2, 3, 4), null, 4)),
                call("swap", () -> args(ints(1, 2, 3), ints(4, 5, 6), 3)),
                call("swap", () -> args(ints(1, 2, 3), ints(4, 5, 6), 4)),
                call("reassigned", () -> args(ints(1, 2, 3, 4, 5), ints(6, 7, 8))),
                call("slotReuse", () -> args(ints(1, 2, 3), "word")),
                call("slotReuse", () -> args(ints(1, 2, 3), null)),
                call("orderOfEvaluation", () -> args(ints(1, 2), 5)),
                call("orderOfEvaluation", () -> args(ints(1), 5)),
                call("orderOfEvaluation", () -> args(null, 5)),
                call("sumLambda", () -> args(ints(1, 2, 3))),
                call("throwsInLoop", () -> args(ints(1, 2, -3))),
                call("throwsInLoop", () -> args(ints(1, 2, 3))),
                call("callsInLoop", () -> args(ints(1, 2, 3))),
                call("load", () -> args(ints(1), -1)),
                call("load", () -> args(ints(1), 1)),
                call("load", () -> args(null, -1)),
                call("loadInLoop", () -> args(ints(1), Integer.MIN_VALUE)),
                call("loadInLoop", () -> args(ints(1), 0)),
                call("loadInLoop", () -> args(null, 0)),
                call("store", () -> args(new long[2], 1, 7L)),
                call("store", () -> args(new long[2], 2, 7L)),
                call("store", () -> args(null, 2, 7L)),
                call("storeInLoop", () -> args(new double[2], 1, 7.5)),
                call("storeInLoop", () -> args(new double[2], -2, 7.5)),
                call("storeInLoop", () -> args(null, -2, 7.5)));
    }

    @ParameterizedTest
    @MethodSource({"calls", "moreCalls"})
    void rewrittenCode_doesTheSame(String name, Supplier<Object[]> arguments) {
        List<String> events = null;
        String expected = null;
        for (Class<?> target : ARRAY_TARGETS) {
            Object[] given = arguments.get();
            RecordingHooks.reset();
            for (int i = 0; i < given.length; i++) {
                know(given[i], "abcdefgh".substring(i, i + 1));
            }
            String outcome =
                    Variant.outcome(Variant.method(target, name), given)
                            + " leaving "
                            + Arrays.deepToString(given);
            if (expected == null) {
                expected = outcome;
            } else if (events == null) {
                events = distinctEvents();
            } else {
                assertThat(distinctEvents()).as("with handles").isEqualTo(events);
            }
            assertThat(outcome).isEqualTo(expected);
        }
    }

    /** Each check once: the same again may be left out. */
    private static List<String> distinctEvents() {
        return RecordingHooks.events().stream().distinct().toList();
    }

    private static void know(Object argument, String name) {
        if (argument instanceof int[][] rows) {
            for (int i = 0; i < rows.length; i++) {
                know(rows[i], name + i);
            }
        } else if (argument != null && argument.getClass().isArray()) {
            RecordingHooks.know(argument, name);
        }
    }

    private static Arguments call(String name, Supplier<Object[]> arguments) {
        return arguments(name, arguments);
    }

    private static Object[] args(Object... arguments) {
        return arguments;
    }

    private static Object[] nothing() {
        return new Object[] {null};
    }

    private static int[] ints(int... values) {
        return values;
    }

    private static Object[] eight() {
        return args(
                new boolean[] {false, true},
                new byte[] {1, 2},
                new char[] {1, 2},
                new short[] {1, 2},
                new int[] {1, 2},
                new float[] {1, 2},
                new long[] {1, 2},
                new double[] {1, 2});
    }
}
