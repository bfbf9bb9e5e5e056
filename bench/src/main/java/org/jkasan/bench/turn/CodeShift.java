package org.jkasan.bench.turn;

/**
 * Moves the machine code of a benchmark by some bytes, as a system property says.
 *
 * <p>HotSpot puts a loop at any multiple of 16 bytes, whichever the code before it leaves, and the
 * same instructions take up to a twentieth more time at one place in a line of the instruction
 * cache than at another. An agent that adds ten bytes before a loop would be measured by that. So
 * the samples of a ratio run with different shifts, both JVMs with the same one.
 */
public final class CodeShift {

    /** There are so many: each about 16 bytes more than the one before. */
    public static final int SHIFTS = 4;

    private static final String PROPERTY = "jkasan.bench.shift";

    /** A constant to the compiler: it leaves the stores that are not made out of the code. */
    private static final int SHIFT = Integer.getInteger(PROPERTY, 0);

    private static int first;
    private static int second;
    private static int third;
    private static int fourth;
    private static int fifth;
    private static int sixth;

    private CodeShift() {}

    /**
     * The option of a JVM.
     *
     * @param shift from 0 to less than {@link #SHIFTS}
     */
    public static String option(int shift) {
        return "-D" + PROPERTY + "=" + shift;
    }

    /** To be called by a benchmark before its loop: up to six stores of constants. */
    public static void apply() {
        if (SHIFT > 0) {
            first = SHIFT;
            second = SHIFT;
        }
        if (SHIFT > 1) {
            third = SHIFT;
            fourth = SHIFT;
        }
        if (SHIFT > 2) {
            fifth = SHIFT;
            sixth = SHIFT;
        }
    }
}
