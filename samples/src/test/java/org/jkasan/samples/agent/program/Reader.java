package org.jkasan.samples.agent.program;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads one byte too far, of an array and of a buffer that it is given: whatever loader defines it,
 * it names no class but those of the JDK.
 */
public final class Reader implements Consumer<Object[]> {

    /** The length of what it is given. */
    static final int SIZE = 13;

    @Override
    public void accept(Object[] given) {
        ((ByteBuffer) given[0]).get(SIZE); // bad: buffer
        try {
            read((byte[]) given[1]);
        } catch (ArrayIndexOutOfBoundsException asEver) {
            System.out.println(asEver.getMessage());
        }
    }

    private static void read(byte[] array) {
        array[SIZE]++; // bad: array
    }
}
