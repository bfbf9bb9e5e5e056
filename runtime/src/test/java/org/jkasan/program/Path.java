package org.jkasan.program;

import java.util.List;
import java.util.function.Supplier;

/** Stacks to order, of a program that is not part of the runtime. */
public final class Path {

    private Path() {}

    /** Calls something from as many frames as there are steps; each kind of step has its line. */
    public static <T> T along(List<Integer> steps, Supplier<T> end) {
        return along(steps, 0, end);
    }

    private static <T> T along(List<Integer> steps, int at, Supplier<T> end) {
        if (at == steps.size()) {
            return end.get();
        }
        if (steps.get(at) == 0) {
            return along(steps, at + 1, end);
        }
        if (steps.get(at) == 1) {
            return along(steps, at + 1, end);
        }
        return turn(steps, at + 1, end);
    }

    private static <T> T turn(List<Integer> steps, int at, Supplier<T> end) {
        return along(steps, at, end);
    }
}
