package org.jkasan.bench;

/** A program that does nothing, to time the start of its JVM. */
public final class EmptyMain {

    private EmptyMain() {}

    /** Returns. */
    public static void main(String[] args) {}
}
