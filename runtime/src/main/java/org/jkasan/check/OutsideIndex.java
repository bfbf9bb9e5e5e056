package org.jkasan.check;

/**
 * The index that Java refused, as the message of its exception says: {@code Index 5 out of bounds
 * for length 3}.
 *
 * <p>Where HotSpot has thrown the exception of one place often enough, it throws one that was made
 * beforehand and says nothing.
 */
public final class OutsideIndex {

    private static final String BEFORE = "Index ";

    private OutsideIndex() {}

    /**
     * The index.
     *
     * @param message of the exception, or null
     * @param length of the array, which is the answer where the message does not tell
     */
    public static int of(String message, int length) {
        if (message == null || !message.startsWith(BEFORE)) {
            return length;
        }
        int end = message.indexOf(' ', BEFORE.length());
        try {
            return Integer.parseInt(message, BEFORE.length(), Math.max(end, BEFORE.length()), 10);
        } catch (NumberFormatException otherwise) {
            return length;
        }
    }
}
