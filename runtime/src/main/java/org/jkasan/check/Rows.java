package org.jkasan.check;

/** The lengths of the rows of arrays of arrays. */
public final class Rows {

    private Rows() {}

    /**
     * The length of a row.
     *
     * @param rows the array, or null
     * @param index of the row, an int if its higher half is left out
     * @return 0 where there is no such row, of which a loop is going to complain itself
     */
    public static long length(Object rows, long index) {
        int row = (int) index;
        return rows instanceof Object[] array && row >= 0 && row < array.length
                ? Math.max(ArrayElements.lengthOfAny(array[row]), 0)
                : 0;
    }

    /** The length of the longest row; 0 where there is none. */
    public static long longest(Object rows) {
        int longest = 0;
        if (rows instanceof Object[] array) {
            for (Object row : array) {
                longest = Math.max(longest, ArrayElements.lengthOfAny(row));
            }
        }
        return longest;
    }
}
