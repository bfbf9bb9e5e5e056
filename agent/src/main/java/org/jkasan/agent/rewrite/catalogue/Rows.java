package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Operand.argument;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of the catalogue for one class, as they are written down.
 *
 * <p>They are names and descriptors, no types: a method of a later JDK has its row, too.
 */
final class Rows {

    static final Operand A0 = argument(0);
    static final Operand A1 = argument(1);
    static final Operand A2 = argument(2);
    static final Operand A3 = argument(3);
    static final Operand A4 = argument(4);

    static final String OBJECT = "Ljava/lang/Object;";
    static final String STRING = "Ljava/lang/String;";
    static final String BYTE_BUFFER = "Ljava/nio/ByteBuffer;";
    static final String CHAR_BUFFER = "Ljava/nio/CharBuffer;";

    private final String owner;
    private final List<InterceptedCall> rows = new ArrayList<>();
    private List<String> subtypes = List.of();
    private boolean barrier;
    private int since;

    private Rows(String owner) {
        this.owner = owner;
    }

    /** No row of the class yet. */
    static Rows of(String owner) {
        return new Rows(owner);
    }

    /** The rows also hold for calls that name one of these classes of the JDK below the owner. */
    Rows in(String packageName, String... classes) {
        List<String> all = new ArrayList<>(subtypes);
        for (String each : classes) {
            all.add(packageName + "/" + each);
        }
        subtypes = all;
        return this;
    }

    /** The rows from here on are of methods that may run the application's code. */
    Rows barriers() {
        barrier = true;
        return this;
    }

    /** The rows from here on are of methods that the JDK has since that version. */
    Rows since(int feature) {
        since = feature;
        return this;
    }

    Rows method(String name, String parameters, Effect... effects) {
        return add(name, parameters, InterceptedCall.Kind.METHOD, effects);
    }

    Rows function(String name, String parameters, Effect... effects) {
        return add(name, parameters, InterceptedCall.Kind.FUNCTION, effects);
    }

    /** The new object is no argument. */
    Rows constructor(String parameters, Effect... effects) {
        return add("<init>", parameters, InterceptedCall.Kind.FUNCTION, effects);
    }

    /**
     * A method whose descriptor is whatever its call says.
     *
     * @param parameters how the descriptor begins: in front of an int or something shorter
     */
    Rows polymorphic(String name, String parameters, Effect... effects) {
        return add(name, parameters, InterceptedCall.Kind.POLYMORPHIC, effects);
    }

    private Rows add(String name, String parameters, InterceptedCall.Kind kind, Effect... effects) {
        rows.add(
                new InterceptedCall(
                        owner, subtypes, name, parameters, kind, List.of(effects), barrier, since));
        return this;
    }

    List<InterceptedCall> list() {
        return rows;
    }
}
