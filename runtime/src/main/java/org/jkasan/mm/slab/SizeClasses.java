package org.jkasan.mm.slab;

/** The sizes that kmalloc has caches for. Source: kmalloc_info and kmalloc_slab. */
final class SizeClasses {

    /** KMALLOC_MAX_CACHE_SIZE: what is larger comes from the page allocator. */
    static final int LARGEST = 8192;

    private static final int[] SIZES = {
        8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192
    };

    private static final int KIB = 1024;

    /** For each size up to 8192, divided by 8 and rounded up, the index of its class. */
    private static final byte[] CLASSES = classes();

    private SizeClasses() {}

    private static byte[] classes() {
        byte[] classes = new byte[LARGEST / 8 + 1];
        int index = 0;
        for (int size = 8; size <= LARGEST; size += 8) {
            if (size > SIZES[index]) {
                index++;
            }
            classes[size / 8] = (byte) index;
        }
        return classes;
    }

    static int count() {
        return SIZES.length;
    }

    static int size(int index) {
        return SIZES[index];
    }

    /** The class of a size from 1 to {@link #LARGEST}. */
    static int of(int size) {
        return CLASSES[size + 7 >>> 3];
    }

    static String name(int index) {
        int size = SIZES[index];
        return size < KIB ? "kmalloc-" + size : "kmalloc-" + size / KIB + "k";
    }

    /** The powers of two are aligned to themselves, the others to what divides them. */
    static int align(int index) {
        return Integer.lowestOneBit(SIZES[index]);
    }
}
