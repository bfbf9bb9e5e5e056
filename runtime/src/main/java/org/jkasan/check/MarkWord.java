package org.jkasan.check;

import jdk.internal.vm.annotation.ForceInline;
import org.jkasan.host.RawObjects;

/**
 * The header word in which HotSpot keeps an object's identity hash. A tracked array has one, most
 * others have none, so one load of it spares them the table.
 */
final class MarkWord {

    /*
     * Where the hash is differs between versions and modes of HotSpot, so an experiment finds it:
     * the bits that System.identityHashCode changes in fresh arrays. What it looks for:
     *
     *     63            hash: one run of many bits            2   1   0
     *     +----------+-----------------------------+--------+---+-------+
     *     | not ours |  0: none yet                |not ours| b | lock  |
     *     +----------+-----------------------------+--------+---+-------+
     *
     * The lock bits belong to the mask: the header of a locked object may show something else where
     * the hash was, and such an array must be looked up. So does bit 2, the bias of JDK 17, where
     * making the hash changes it. The collector changes its age bits as it likes: not in the mask.
     *
     * Where arrays do not look like that (another JVM, another hash function), the mask is chosen
     * such that no header ever matches, and every array is looked up: slower, never wrong.
     */

    private static final long LOCK_BITS = 3;
    private static final long BIAS_BIT = 4;
    private static final int LEAST_HASH_BITS = 20;
    private static final int SAMPLES = 256;

    /** A collection in the middle of the experiment spoils it, so it may be repeated. */
    private static final int ATTEMPTS = 4;

    private static final Layout LAYOUT = find();
    private static final long MASK = LAYOUT.mask;
    private static final long UNHASHED = LAYOUT.unhashed;

    /** Above so many bits a {@link #key} has none; 0 if the experiment did not hold. */
    static final int KEY_BITS = Long.SIZE - Long.numberOfLeadingZeros(MASK);

    /** Below these bits of a {@link #key} there is no hash. */
    static final int KEY_SHIFT = Long.numberOfTrailingZeros(MASK & ~(LOCK_BITS | BIAS_BIT));

    private MarkWord() {}

    /**
     * Whether an array, or null, may be tracked, as far as its header tells. No call is compiled
     * for this, so it costs a loop over other arrays nothing.
     */
    @ForceInline
    static boolean mayShowHash(Object array) {
        return array != null && (RawObjects.header(array) & MASK) != UNHASHED;
    }

    /** Whether the header proves that the array has no identity hash and so cannot be tracked. */
    @ForceInline
    static boolean showsNoHash(Object array) {
        return (RawObjects.header(array) & MASK) == UNHASHED;
    }

    /**
     * What the header of an array, not null, says of its hash: of two that are {@link #isHashed}
     * the same if and only if their hashes are.
     */
    @ForceInline
    static long key(Object array) {
        return RawObjects.header(array) & MASK;
    }

    /** Whether a key is that of an array without a hash. */
    static boolean isUnhashed(long key) {
        return key == UNHASHED;
    }

    /** Whether a key is that of an array with a hash, and says so: it is not locked. */
    static boolean isHashed(long key) {
        return key != UNHASHED && ((key ^ UNHASHED) & LOCK_BITS) == 0;
    }

    /** The hash that a key says. */
    static int hash(long key) {
        return (int) (key >>> KEY_SHIFT);
    }

    /** Whether the experiment held; if not, {@link #showsNoHash} is always false. */
    static boolean isKnown() {
        return LAYOUT != Layout.UNKNOWN;
    }

    private static Layout find() {
        Layout layout = Layout.UNKNOWN;
        for (int i = 0; i < ATTEMPTS && layout == Layout.UNKNOWN; i++) {
            layout = experiment();
        }
        return layout;
    }

    private static Layout experiment() {
        Object[] arrays = new Object[SAMPLES];
        long[] before = new long[SAMPLES];
        long changed = 0;
        for (int i = 0; i < SAMPLES; i++) {
            arrays[i] = sample(i);
            before[i] = RawObjects.header(arrays[i]);
        }
        for (int i = 0; i < SAMPLES; i++) {
            System.identityHashCode(arrays[i]);
            changed |= before[i] ^ RawObjects.header(arrays[i]);
        }
        Layout layout = Layout.of(changed, before[0]);
        for (int i = 0; i < SAMPLES; i++) {
            if (!layout.matches(before[i]) || layout.matches(RawObjects.header(arrays[i]))) {
                return Layout.UNKNOWN;
            }
        }
        return layout;
    }

    /** A fresh array; in turn of every element type. */
    private static Object sample(int i) {
        return switch (i & 7) {
            case 0 -> new byte[i];
            case 1 -> new boolean[i];
            case 2 -> new short[i];
            case 3 -> new char[i];
            case 4 -> new int[i];
            case 5 -> new long[i];
            case 6 -> new float[i];
            default -> new double[i];
        };
    }

    /**
     * How a header says that there is no hash.
     *
     * @param mask the bits to look at
     * @param unhashed what they then are
     */
    record Layout(long mask, long unhashed) {

        /** Matches no header. */
        static final Layout UNKNOWN = new Layout(0, 1);

        /**
         * The layout for an experiment.
         *
         * @param changed all bits that making a hash changed
         * @param fresh a header before
         */
        static Layout of(long changed, long fresh) {
            long hash = changed & ~(LOCK_BITS | BIAS_BIT);
            boolean oneRun = hash != 0 && isPowerOf2Or0((hash >>> lowest(hash)) + 1);
            if (!oneRun || Long.bitCount(hash) < LEAST_HASH_BITS) {
                return UNKNOWN;
            }
            long mask = changed | LOCK_BITS;
            return new Layout(mask, fresh & mask);
        }

        private static int lowest(long bits) {
            return Long.numberOfTrailingZeros(bits);
        }

        private static boolean isPowerOf2Or0(long value) {
            return (value & value - 1) == 0;
        }

        boolean matches(long header) {
            return (header & mask) == unhashed;
        }
    }
}
