package org.jkasan.check;

import jdk.internal.vm.annotation.ForceInline;

/** The geometry of primitive arrays, whatever their type. */
public final class ArrayElements {

    private ArrayElements() {}

    /** log2 of the element's size in bytes, of an array of a primitive type. */
    public static int shift(Object array) {
        if (array instanceof byte[] || array instanceof boolean[]) {
            return 0;
        }
        if (array instanceof char[] || array instanceof short[]) {
            return 1;
        }
        return array instanceof int[] || array instanceof float[] ? 2 : 3;
    }

    /**
     * The number of elements of an array of a primitive type, or -1 for any other object. Inlined
     * where the type is known, which leaves one of the cases.
     */
    @ForceInline
    public static int length(Object array) {
        if (array instanceof byte[] bytes) {
            return bytes.length;
        }
        if (array instanceof int[] ints) {
            return ints.length;
        }
        if (array instanceof char[] chars) {
            return chars.length;
        }
        if (array instanceof long[] longs) {
            return longs.length;
        }
        if (array instanceof short[] shorts) {
            return shorts.length;
        }
        if (array instanceof boolean[] booleans) {
            return booleans.length;
        }
        if (array instanceof double[] doubles) {
            return doubles.length;
        }
        return array instanceof float[] floats ? floats.length : -1;
    }

    /** The number of elements of any array, one of references too, or -1 for any other object. */
    @ForceInline
    public static int lengthOfAny(Object array) {
        return array instanceof Object[] references ? references.length : length(array);
    }

    /** Whether [from, from + count) is a range of a thing of that length; no value overflows. */
    static boolean isRange(int from, int count, int length) {
        return (from | count) >= 0 && from <= length - count;
    }
}
