package org.jkasan.bench.mutant;

/** A kind of memory bug that is planted. */
enum Operator {
    INDEX_ABOVE("index off by one, above"),
    INDEX_BELOW("index off by one, below"),
    LENGTH_ABOVE("length off by one"),
    SIZE_BELOW("size of an allocation off by one"),
    SIZE_HALF("half the size allocated"),
    RESIZE_BELOW("wrong size on realloc"),
    EARLY_FREE("early free"),
    DROPPED_FREE("dropped free"),
    DOUBLE_FREE("double free"),
    TEST_NEVER("bounds test that never jumps"),
    TEST_ALWAYS("bounds test that always jumps");

    private final String text;

    Operator(String text) {
        this.text = text;
    }

    /** What is wrong with the mutant, in a few words. */
    String text() {
        return text;
    }
}
