package org.jkasan.agent.rewrite.catalogue;

/** A primitive type as the catalogue's rows need it. */
enum Element {
    BOOLEAN("Z", 1, "Boolean"),
    BYTE("B", 1, "Byte"),
    CHAR("C", 2, "Char"),
    SHORT("S", 2, "Short"),
    INT("I", 4, "Int"),
    FLOAT("F", 4, "Float"),
    LONG("J", 8, "Long"),
    DOUBLE("D", 8, "Double");

    /** Its descriptor. */
    final String type;

    /** Descriptor of arrays of it. */
    final String array;

    /** Bytes. */
    final int size;

    /** How it is called in the names of methods and buffers. */
    final String word;

    Element(String type, int size, String word) {
        this.type = type;
        this.array = "[" + type;
        this.size = size;
        this.word = word;
    }
}
