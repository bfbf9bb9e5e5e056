package org.jkasan.samples.ring;

import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;

/**
 * A ring of records in kernel memory: whatever is written is read in the same order. Not
 * thread-safe.
 */
public final class RingBuffer implements AutoCloseable {

    /*
     *   tail          head
     *     | 03 00 a b c | 01 00 d |        a record: two bytes of length, and its bytes
     *
     * Positions only grow; their low bits say where in the ring they are, so head - tail is what is
     * used, and a record goes on at the start where the end cuts it.
     */

    private final Kernel kernel;
    private final KernelMemory memory;
    private final Header header;
    private final int mask;
    private final long ring;
    private int head;
    private int tail;

    /**
     * An empty ring.
     *
     * @param capacity bytes, a power of two, headers among them
     */
    public RingBuffer(Kernel kernel, int capacity, Header header) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("A ring of " + capacity + " bytes: no power of 2.");
        }
        this.kernel = kernel;
        this.memory = kernel.memory();
        this.header = header;
        this.mask = capacity - 1;
        this.ring = kernel.vmalloc().vmalloc(capacity);
    }

    /** Bytes that a record may still have; negative where not even its header has room. */
    public int room() {
        return mask + 1 - (head - tail) - Header.BYTES_OF_LENGTH;
    }

    /** Writes a record; false where there is no room for it. */
    public boolean write(byte[] bytes) {
        if (bytes.length > room()) {
            return false;
        }
        header.store(memory, ring, mask, head, bytes.length);
        int at = head + Header.BYTES_OF_LENGTH & mask;
        int first = Math.min(bytes.length, mask + 1 - at);
        memory.copyIn(ring + at, bytes, 0, first);
        memory.copyIn(ring, bytes, first, bytes.length - first);
        head += Header.BYTES_OF_LENGTH + bytes.length;
        return true;
    }

    /** Reads the oldest record; null where there is none. */
    public byte[] read() {
        if (head == tail) {
            return null;
        }
        byte[] bytes = new byte[header.load(memory, ring, mask, tail)];
        int at = tail + Header.BYTES_OF_LENGTH & mask;
        int first = Math.min(bytes.length, mask + 1 - at);
        memory.copyOut(ring + at, bytes, 0, first);
        memory.copyOut(ring, bytes, first, bytes.length - first);
        tail += Header.BYTES_OF_LENGTH + bytes.length;
        return bytes;
    }

    @Override
    public void close() {
        kernel.vmalloc().vfree(ring);
    }
}
