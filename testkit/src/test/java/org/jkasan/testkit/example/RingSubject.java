package org.jkasan.testkit.example;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jkasan.samples.ring.Header;
import org.jkasan.samples.ring.RingBuffer;
import org.jkasan.testkit.property.ActionTable;
import org.jkasan.testkit.property.Arguments;
import org.jkasan.testkit.property.KernelSubject;
import org.jkasan.testkit.property.Subject;

/** A ring, its kernel, and a plain queue that says what must come out of it. */
final class RingSubject implements Subject {

    private static final int CAPACITY = 64;

    private final KernelSubject kernel = KernelSubject.small();
    private final Header header;
    private final RingBuffer ring;
    private final Queue<byte[]> model = new ArrayDeque<>();

    RingSubject(Header header) {
        this.header = header;
        this.ring = new RingBuffer(kernel.kernel(), CAPACITY, header);
    }

    static ActionTable<RingSubject> actions() {
        return ActionTable.<RingSubject>empty()
                .with(3, "write", RingSubject::write)
                .with(2, "read", RingSubject::read);
    }

    private void write(Arguments arguments) {
        int length = arguments.rawSize() % CAPACITY;
        byte[] record = new byte[length];
        Arrays.fill(record, (byte) arguments.value());
        arguments.java("ring.write(new byte[%d]);", length);
        boolean fits = length <= ring.room();
        if (ring.write(record) != fits) {
            throw new AssertionError("a record of " + length + " bytes is, or is not, written");
        }
        if (fits) {
            model.add(record);
        }
    }

    private void read(Arguments arguments) {
        arguments.java("ring.read();");
        if (!Arrays.equals(model.poll(), ring.read())) {
            throw new AssertionError("another record was read than was written");
        }
    }

    @Override
    public String java() {
        return kernel.java()
                + "\nRingBuffer ring = new RingBuffer(kernel, "
                + CAPACITY
                + ", Header."
                + header
                + ");";
    }

    @Override
    public void close() {
        ring.close();
        kernel.close();
    }
}
