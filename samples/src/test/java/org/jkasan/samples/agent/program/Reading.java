package org.jkasan.samples.agent.program;

/** Runs {@link Reader} in the application's own loader. */
public final class Reading {

    private Reading() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Isolated.overflow(Reader.class);
    }
}
