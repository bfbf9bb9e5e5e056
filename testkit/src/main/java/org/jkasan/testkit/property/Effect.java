package org.jkasan.testkit.property;

/**
 * What an action does to a state of type S.
 *
 * @param <S> the state
 */
@FunctionalInterface
public interface Effect<S> {

    /**
     * Does it; or nothing, where there is nothing to do it to. What it throws, and any report of
     * KASAN, is a failure of the program.
     */
    void apply(S state, Arguments arguments);
}
