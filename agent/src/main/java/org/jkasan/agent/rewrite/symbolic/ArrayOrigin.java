package org.jkasan.agent.rewrite.symbolic;

/** Where the code found an array (or any other reference). */
public sealed interface ArrayOrigin {

    // What is compared or hashed has methods of its own for it: those of a record are made at their
    // first call, of method handles, and that takes longer than all calls while a program starts.

    /** A local variable held it at the beginning. */
    record Held(int local) implements ArrayOrigin {

        @Override
        public boolean equals(Object other) {
            return other instanceof Held held && local == held.local;
        }

        @Override
        public int hashCode() {
            return local;
        }
    }

    /**
     * A field of the method's own class has it: a static one, or one of {@code this}.
     *
     * @param number among the {@link org.jkasan.agent.rewrite.flow.OwnFields}
     */
    record Field(int number) implements ArrayOrigin {

        @Override
        public boolean equals(Object other) {
            return other instanceof Field field && number == field.number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /**
     * It is one of the rows of an array of arrays.
     *
     * @param index which, exact; null: whichever
     */
    record Row(ArrayOrigin of, Affine index) implements ArrayOrigin {

        /** Whichever row of that array. */
        public Row whichever() {
            return new Row(of, null);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row
                    && of.equals(row.of)
                    && (index == null ? row.index == null : index.equals(row.index));
        }

        @Override
        public int hashCode() {
            return ~of.hashCode();
        }
    }

    /** What is either of the two, or null where that is not known. */
    static ArrayOrigin either(ArrayOrigin one, ArrayOrigin other) {
        if (one.equals(other)) {
            return one;
        }
        return one instanceof Row row && other instanceof Row same && row.of.equals(same.of)
                ? row.whichever()
                : null;
    }
}
