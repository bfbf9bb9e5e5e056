package org.jkasan.bench.mutant.work;

import java.util.Arrays;
import org.jkasan.kernel.Kernel;
import org.jkasan.samples.ring.Header;
import org.jkasan.samples.ring.RingBuffer;

/** The driver of the worked example, without its bug. */
public final class Ring implements Workload {

    @Override
    public void run(Kernel kernel) {
        try (RingBuffer ring = new RingBuffer(kernel, 64, Header.BYTES)) {
            Workload.require(ring.read() == null && !ring.write(new byte[63]));
            for (int i = 0; i < 80; i++) {
                byte[] one = record(i % 23);
                byte[] other = record(i % 5);
                Workload.require(ring.write(one) && ring.write(other));
                Workload.require(Arrays.equals(ring.read(), one));
                Workload.require(Arrays.equals(ring.read(), other));
            }
            Workload.require(ring.write(record(62)) && !ring.write(record(0)));
        }
    }

    private static byte[] record(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (length + i);
        }
        return bytes;
    }
}
