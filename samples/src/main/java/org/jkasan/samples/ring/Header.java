package org.jkasan.samples.ring;

import org.jkasan.mm.KernelMemory;

/** How the two bytes of length get into a ring, and out of it. */
public enum Header {
    /** One by one, so that the second may lie at the ring's start. */
    BYTES {
        @Override
        void store(KernelMemory memory, long ring, int mask, int at, int length) {
            memory.storeByte(ring + (at & mask), (byte) length);
            memory.storeByte(ring + (at + 1 & mask), (byte) (length >>> 8));
        }

        @Override
        int load(KernelMemory memory, long ring, int mask, int at) {
            int low = memory.loadByte(ring + (at & mask)) & 0xff;
            int high = memory.loadByte(ring + (at + 1 & mask)) & 0xff;
            return high << 8 | low;
        }
    },

    /**
     * Both at once, as processors like it: a bug where they straddle the ring's end. What is
     * written behind it is read there again, so that nothing seems wrong.
     */
    WHOLE {
        @Override
        void store(KernelMemory memory, long ring, int mask, int at, int length) {
            memory.storeShort(ring + (at & mask), (short) length);
        }

        @Override
        int load(KernelMemory memory, long ring, int mask, int at) {
            return memory.loadShort(ring + (at & mask)) & 0xffff;
        }
    };

    static final int BYTES_OF_LENGTH = 2;

    abstract void store(KernelMemory memory, long ring, int mask, int at, int length);

    abstract int load(KernelMemory memory, long ring, int mask, int at);
}
