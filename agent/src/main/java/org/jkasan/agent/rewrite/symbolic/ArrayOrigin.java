package org.jkasan.agent.rewrite.symbolic;

/** Where the code found an array (or any other reference). */
public sealed interface ArrayOrigin {

    /** A local variable held it at the beginning. */
    record Held(int local) implements ArrayOrigin {}

    /**
     * A field of the method's own class has it: a static one, or one of {@code this}.
     *
     * @param number among the {@link org.jkasan.agent.rewrite.flow.OwnFields}
     */
    record Field(int number) implements ArrayOrigin {}

    /** It is one of the rows of an array of arrays, whichever. */
    record Row(ArrayOrigin of) implements ArrayOrigin {}
}
