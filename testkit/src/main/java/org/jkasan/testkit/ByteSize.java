package org.jkasan.testkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them. */
final class ByteSize {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([KMG]?)");

    private ByteSize() {}

    /**
     * Reads "16777216", "16384K", "16M".
     *
     * @param what whose size it is
     * @throws IllegalArgumentException for what is none
     */
    static long parse(String what, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    what
                            + " = \""
                            + text
                            + "\" is no size; write bytes, or a number and K, M or G, as in"
                            + " \"16M\".");
        }
        int shift =
                switch (matcher.group(2)) {
                    case "K" -> 10;
                    case "M" -> 20;
                    case "G" -> 30;
                    default -> 0;
                };
        return Long.parseLong(matcher.group(1)) << shift;
    }
}
