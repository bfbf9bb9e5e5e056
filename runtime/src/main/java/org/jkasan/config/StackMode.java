package org.jkasan.config;

/** What is kept of the stack of an allocation or a free: {@code kasan.stacks}. */
public enum StackMode {
    /** The whole stack of the first events of a place, and of a few later ones; else the place. */
    AUTO,
    /** The whole stack. */
    FULL,
    /** The place, where it is known; otherwise the whole stack. */
    CALLER
}
