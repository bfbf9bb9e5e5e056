package org.jkasan.agent.rewrite.catalogue;

/** What a hook is given: where the value comes from at a call site of the catalogue. */
sealed interface Operand {

    /** An argument of the call; 0 is the receiver, or a static method's first argument. */
    record Argument(int index) implements Operand {}

    /** The difference of two int arguments: how many elements lie between them. */
    record Span(int from, int to) implements Operand {}

    /** A small int known beforehand: a size in bytes, an index. */
    record Constant(int value) implements Operand {}

    /** The descriptor that the call has, where that is its own. */
    record CallType() implements Operand {}

    static Operand argument(int index) {
        return new Argument(index);
    }

    static Operand span(int from, int to) {
        return new Span(from, to);
    }

    static Operand constant(int value) {
        return new Constant(value);
    }

    /**
     * Whether it is that argument; a record's equals costs every start some 30 ms the first time.
     */
    default boolean isArgument(int index) {
        return this instanceof Argument argument && argument.index() == index;
    }
}
