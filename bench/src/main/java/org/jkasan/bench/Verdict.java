package org.jkasan.bench;

/** What a measurement says of its goal. */
enum Verdict {
    MET("met"),
    MISSED("missed"),
    /** It could not be measured, which counts as missed. */
    FAILED("FAILED"),
    /** There is no target. */
    NONE("info");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    boolean isGood() {
        return this == MET || this == NONE;
    }

    @Override
    public String toString() {
        return text;
    }
}
