package org.jkasan.mm;

import java.util.BitSet;
import java.util.function.Consumer;

/** Which bytes of a percpu chunk's units are allocated; what one unit has, all have. No locking. */
final class PercpuMap {

    /*
     *   used     1 1 1 1 1 1 . . . 1 1 1 . . . .      one bit for 4 bytes
     *   starts   1 . . 1 . . . . . 1 . . . . . .
     *            [ a  )[ b )       [ c  )
     *
     * An object ends where the next one starts or nothing is used. What is asked for goes to the lowest
     * place that fits. Below "first" nothing is free. Source: alloc_map and bound_map of a pcpu_chunk.
     */

    /** PCPU_MIN_ALLOC_SIZE: bytes for which there is one bit. */
    static final int BLOCK = 4;

    private static final int NONE = -1;

    private final int blocks;
    private final BitSet used = new BitSet();
    private final BitSet starts = new BitSet();
    private final PercpuHints hints = new PercpuHints();

    /** Nothing allocated of so many bytes. */
    PercpuMap(long bytes) {
        this.blocks = (int) (bytes / BLOCK);
    }

    boolean isEmpty() {
        return used.isEmpty();
    }

    /**
     * Allocates bytes.
     *
     * @param bytes positive
     * @param align a power of two
     * @param limit no byte allocated lies behind so many
     * @return the offset, a multiple of the alignment and of 4; -1 if there is no room
     */
    int allocate(int bytes, int align, long limit) {
        int count = (bytes + BLOCK - 1) / BLOCK;
        int step = Math.max(1, align / BLOCK);
        int start = find(count, step, Math.min(blocks, limit / BLOCK));
        if (start == NONE) {
            return NONE;
        }
        used.set(start, start + count);
        starts.set(start);
        return start * BLOCK;
    }

    /** Looks at each hole once, at the lowest place in it that is aligned. */
    private int find(int count, int step, long end) {
        int smallest = PercpuHints.smallestLike(count);
        int first = NONE;
        int start = aligned(hints.get(count, step), step);
        boolean found = false;
        while (!found && start + smallest <= end) {
            int obstacle = used.nextSetBit(start);
            int room = (obstacle == NONE ? blocks : obstacle) - start;
            if (first == NONE && room >= smallest) {
                first = start;
            }
            found = room >= count;
            if (!found) {
                start = obstacle == NONE ? blocks : aligned(used.nextClearBit(obstacle), step);
            }
        }
        hints.raise(smallest, step, first == NONE ? start : first);
        hints.raise(count, step, start);
        return found && start + count <= end ? start : NONE;
    }

    private static int aligned(int block, int step) {
        return block + step - 1 & -step;
    }

    /** Frees what was allocated at an offset; false if nothing was. */
    boolean free(long offset) {
        int start = (int) (offset / BLOCK);
        if (offset % BLOCK != 0 || !starts.get(start)) {
            return false;
        }
        used.clear(start, end(start));
        starts.clear(start);
        hints.lower(used.previousSetBit(start) + 1);
        return true;
    }

    private int end(int start) {
        int end = used.nextClearBit(start);
        int next = starts.nextSetBit(start + 1);
        return next == NONE ? end : Math.min(end, next);
    }

    /** Bytes up to the end of the last object. */
    long end() {
        return (long) used.length() * BLOCK;
    }

    /** Tells of every violation, in one sentence each. */
    void check(Consumer<String> violations) {
        hints.check(used, blocks, violations);
        if (used.length() > blocks) {
            violations.accept("percpu map: something is used behind the end");
        }
        for (int bit = starts.nextSetBit(0); bit != NONE; bit = starts.nextSetBit(bit + 1)) {
            if (!used.get(bit)) {
                violations.accept("percpu map: what starts at " + bit * BLOCK + " is not used");
            }
        }
        int bit = used.nextSetBit(0);
        while (bit != NONE) {
            if (!starts.get(bit)) {
                violations.accept("percpu map: nothing starts at " + bit * BLOCK);
            }
            bit = used.nextSetBit(used.nextClearBit(bit));
        }
    }
}
