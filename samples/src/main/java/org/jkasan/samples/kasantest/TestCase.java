package org.jkasan.samples.kasantest;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A case of a suite.
 *
 * @param name the kernel's name for it
 * @param body what it does; it throws {@link SkippedException} where it cannot
 */
record TestCase(String name, Consumer<Machine> body) {

    /** A case that is a method of a group. */
    static <C extends Cases> TestCase of(
            String name, Function<Machine, C> group, Consumer<C> method) {
        return new TestCase(name, machine -> method.accept(group.apply(machine)));
    }

    /** A case that needs a kernel which is built otherwise than any of ours. */
    static TestCase needing(String name, String config) {
        return new TestCase(name, machine -> machine.test().needs(false, config));
    }
}
