package org.jkasan.bench.mutant.work;

import java.nio.ByteBuffer;
import org.jkasan.kernel.Kernel;

/** A parser of packets: a header, options by type and length, a payload, in a buffer each. */
public final class PacketParser implements Workload {

    private static final int HEADER = 8;
    private static final int MAGIC = 0x4b41;
    private static final int END = 0;

    private Kernel kernel;
    private ByteBuffer packet;
    private int size;

    @Override
    public void run(Kernel running) {
        kernel = running;
        for (int options = 0; options < 6; options++) {
            for (int payload = 0; payload < 40; payload += 13) {
                build(options, payload);
                Workload.require(isSound());
                Workload.require(countOptions() == options);
                Workload.require(sumPayload() == payload * (payload - 1) / 2);
                corrupt();
                kernel.vmalloc().vfree(packet);
            }
        }
    }

    private void build(int options, int payload) {
        int optionBytes = 0;
        for (int i = 0; i < options; i++) {
            optionBytes += 2 + i;
        }
        size = HEADER + optionBytes + 1 + payload;
        packet = kernel.vmalloc().vzallocBuffer(size);
        packet.putShort(0, (short) MAGIC);
        packet.putShort(2, (short) (HEADER + optionBytes + 1));
        packet.putInt(4, payload);
        int at = HEADER;
        for (int i = 0; i < options; i++) {
            packet.put(at, (byte) (i + 1));
            packet.put(at + 1, (byte) i);
            at += 2 + i;
        }
        packet.put(at, (byte) END);
        at++;
        for (int i = 0; i < payload; i++) {
            packet.put(at + i, (byte) i);
        }
    }

    private boolean isSound() {
        if (size < HEADER || packet.getShort(0) != MAGIC) {
            return false;
        }
        int start = packet.getShort(2);
        return start >= HEADER && start <= size && packet.getInt(4) <= size - start;
    }

    private int countOptions() {
        int at = HEADER;
        int end = packet.getShort(2);
        int options = 0;
        while (at < end) {
            if (packet.get(at) == END) {
                return options;
            }
            if (at + 1 >= end) {
                return -1;
            }
            at += 2 + packet.get(at + 1);
            options++;
        }
        return -1;
    }

    private int sumPayload() {
        int at = packet.getShort(2);
        int length = packet.getInt(4);
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += packet.get(at + i);
        }
        return sum;
    }

    /** What a hostile sender would write: each must be seen before anything is read behind it. */
    private void corrupt() {
        int payload = packet.getInt(4);
        packet.putInt(4, payload + 1);
        Workload.require(!isSound() && (isSound() || sumIfSound() == -1));
        packet.putInt(4, payload);
        packet.putShort(2, (short) (size + 1));
        Workload.require(sumIfSound() == -1);
    }

    private int sumIfSound() {
        return isSound() ? sumPayload() : -1;
    }
}
