package org.jkasan.samples.agent.program;

import java.nio.ByteBuffer;
import org.jkasan.kernel.Kernel;

/** Reads and writes one element too far: of an array, a buffer and kernel memory. */
public final class Overflow {

    private static final int SIZE = 13;

    private Overflow() {}

    public static void main(String[] args) {
        run();
        System.out.println("went on");
    }

    /** Called by the late attach as well. */
    static void run() {
        try (Kernel kernel = Kernel.boot()) {
            array(kernel);
            buffer(kernel);
            memory(kernel);
            for (int i = 0; i < 3; i++) {
                repeated(kernel);
            }
        }
    }

    private static void array(Kernel kernel) {
        byte[] array = kernel.vmalloc().vmallocBytes(SIZE);
        try {
            array[SIZE] = 1; // bad: array
        } catch (ArrayIndexOutOfBoundsException asEver) {
            System.out.println(asEver.getMessage());
        }
    }

    private static void buffer(Kernel kernel) {
        ByteBuffer buffer = kernel.vmalloc().vmallocBuffer(SIZE);
        buffer.putInt(SIZE - 1, 1); // bad: buffer
    }

    private static void memory(Kernel kernel) {
        long address = kernel.vmalloc().vmalloc(SIZE);
        kernel.memory().loadByte(address + SIZE); // bad: memory
    }

    private static void repeated(Kernel kernel) {
        long address = kernel.vmalloc().vmalloc(SIZE);
        kernel.memory().loadLong(address + SIZE); // bad: repeated
    }
}
