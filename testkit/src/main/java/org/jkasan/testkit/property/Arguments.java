package org.jkasan.testkit.property;

import java.util.List;
import java.util.Locale;

/** What an action makes of the numbers of its step, and where it says what it does. */
public final class Arguments {

    private final Step step;
    private final List<String> java;

    Arguments(Step step, List<String> java) {
        this.step = step;
        this.java = java;
    }

    /** A size from 1 to the most, which is the generated one wherever that fits. */
    public int size(int most) {
        int size = Math.max(step.size(), 1);
        return size <= most ? size : 1 + (size - 1) % most;
    }

    /** A number from 0 on below a bound, for an offset or a value. */
    public int value(int bound) {
        return step.value() % bound;
    }

    /** Any number of 16 bits. */
    public int value() {
        return step.value();
    }

    /** Any number of 16 bits: what {@link #size} is made of. */
    public int rawSize() {
        return step.size();
    }

    /** One of several things, at least one; the first ones are the simplest to shrink to. */
    public <T> T pick(List<T> things) {
        return things.get(step.pick() % things.size());
    }

    /** A number from 0 to 255. */
    public int pick() {
        return step.pick();
    }

    /**
     * Says what the action is about to do, as Java that does the same: a format and its arguments,
     * as for {@link String#format}. To be called before it is done, since doing it may be the end.
     */
    public void java(String format, Object... arguments) {
        java.add(String.format(Locale.ROOT, format, arguments));
    }
}
