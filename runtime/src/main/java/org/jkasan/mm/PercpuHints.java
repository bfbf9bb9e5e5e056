package org.jkasan.mm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;

/** Where in a percpu map a search may begin, by what is searched for. No locking. */
final class PercpuHints {

    /*
     *   used    1 1 1 . 1 1 1 1 . . 1 1 1 1 1 . . . .
     *                 |         |             |
     *   1 block       ^         |             |
     *   2 blocks      .         ^             |
     *   4 blocks      .         .             ^
     *
     * For each alignment and each class of sizes there is a place below which nothing fits that is as
     * large as the smallest of the class. A search begins there and raises it; where nothing fits,
     * nothing larger does, and nothing that is aligned to more, so a hint is never below that of a
     * smaller class or of a lesser alignment, and what one search has learned others need not.
     * What is allocated makes no hint wrong. What is freed lowers all that lie above it: some 900
     * integers, in one loop that the processor does many at a time.
     *
     * A hint at the end of the map says that there is no room, without a look at the map.
     *
     * Source: the hints of struct pcpu_block_md, which the kernel keeps for each page.
     */

    /** Alignments of 1 to 1024 blocks. */
    private static final int ALIGNMENTS = 11;

    /** Classes to a power of two, as a power of two. */
    private static final int CLASS_SHIFT = 3;

    private static final int LARGEST = PercpuLayout.MIN_UNIT_SIZE / PercpuMap.BLOCK;

    private static final int CLASSES = classOf(LARGEST) + 1;

    private final int[] hints = new int[ALIGNMENTS * CLASSES];

    /**
     * The class of a size of at least one block: of those whose smallest is not larger the last.
     */
    private static int classOf(int count) {
        int log = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(count);
        return log <= CLASS_SHIFT
                ? count - 1
                : (log - CLASS_SHIFT << CLASS_SHIFT) + (count >>> log - CLASS_SHIFT) - 1;
    }

    /** The smallest size of a class, in blocks. */
    private static int smallest(int classNumber) {
        int next = classNumber + 1;
        int octave = Math.max(0, (next >>> CLASS_SHIFT) - 1);
        return octave == 0 ? next : next - (octave << CLASS_SHIFT) << octave;
    }

    /** The place below which nothing fits for a size and an alignment, both in blocks. */
    int get(int count, int step) {
        return hints[index(count, step)];
    }

    private static int index(int count, int step) {
        return Integer.numberOfTrailingZeros(step) * CLASSES + classOf(count);
    }

    /** The smallest size that has the same hint as a size, both in blocks. */
    static int smallestLike(int count) {
        return smallest(classOf(count));
    }

    /**
     * Takes note that nothing of a size and an alignment fits below a place; so nothing does that
     * is larger, or aligned to more.
     */
    void raise(int count, int step, int place) {
        int classNumber = classOf(count);
        int first = smallest(classNumber) == count ? classNumber : classNumber + 1;
        for (int row = index(1, step); row < hints.length; row += CLASSES) {
            int hint = row + first;
            if (first == CLASSES || hints[hint] >= place) {
                return;
            }
            while (hint < row + CLASSES && hints[hint] < place) {
                hints[hint] = place;
                hint++;
            }
        }
    }

    /** Takes note that something may fit from a place on. */
    void lower(int place) {
        for (int i = 0; i < hints.length; i++) {
            hints[i] = Math.min(hints[i], place);
        }
    }

    /** Tells of every hint that lies above a place that fits, of a map with so many blocks. */
    void check(BitSet used, int blocks, Consumer<String> violations) {
        for (int alignment = 0; alignment < ALIGNMENTS; alignment++) {
            int step = 1 << alignment;
            int[] lowest = new int[CLASSES];
            Arrays.fill(lowest, blocks);
            int known = 0;
            int start = used.nextClearBit(0);
            while (start < blocks) {
                int next = used.nextSetBit(start);
                int end = next < 0 ? blocks : next;
                int place = start + step - 1 & -step;
                while (known < CLASSES && smallest(known) <= end - place) {
                    lowest[known] = place;
                    known++;
                }
                start = used.nextClearBit(end);
            }
            for (int i = 0; i < CLASSES; i++) {
                if (hints[alignment * CLASSES + i] > lowest[i]) {
                    violations.accept("percpu hint: " + smallest(i) + " by " + step + " is wrong");
                }
            }
        }
    }
}
