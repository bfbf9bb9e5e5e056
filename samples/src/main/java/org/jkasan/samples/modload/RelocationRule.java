package org.jkasan.samples.modload;

/**
 * How the value of a relocation is made; S is the symbol, A the addend, P the place, B the base.
 */
enum RelocationRule {
    /** Nothing to do. */
    NONE(false),
    /** B + A. */
    RELATIVE(false),
    /** S + A. */
    ABSOLUTE(true),
    /** S. */
    SYMBOL(true),
    /** S + A - P. */
    PC_RELATIVE(true),
    /** Known or not, this loader leaves it alone. */
    SKIP(false);

    private final boolean needsSymbol;

    RelocationRule(boolean needsSymbol) {
        this.needsSymbol = needsSymbol;
    }

    boolean needsSymbol() {
        return needsSymbol;
    }
}
