package org.jkasan.report;

import java.util.List;

/** How the small parts of a report are written. */
final class Text {

    private static final String DIGITS = "0123456789abcdef";

    private Text() {}

    /** Sixteen hex digits, as the kernel prints an address. */
    static String address(long address) {
        String digits = Long.toHexString(address);
        return "0".repeat(16 - digits.length()) + digits;
    }

    static void appendHex(StringBuilder out, byte value) {
        out.append(DIGITS.charAt(value >> 4 & 0xf)).append(DIGITS.charAt(value & 0xf));
    }

    /** The class without its package, and the method. */
    static String method(StackTraceElement frame) {
        String name = frame.getClassName();
        return clean(name.substring(name.lastIndexOf('.') + 1) + "." + frame.getMethodName());
    }

    /** The class, the method and where in the source, as Java prints them without modules. */
    static String frame(StackTraceElement frame) {
        return clean(
                frame.getClassName() + "." + frame.getMethodName() + "(" + source(frame) + ")");
    }

    private static String source(StackTraceElement frame) {
        if (frame.isNativeMethod()) {
            return "Native Method";
        }
        if (frame.getFileName() == null) {
            return "Unknown Source";
        }
        return frame.getLineNumber() < 0
                ? frame.getFileName()
                : frame.getFileName() + ":" + frame.getLineNumber();
    }

    static void appendFrames(StringBuilder out, List<StackTraceElement> frames) {
        frames.forEach(frame -> out.append(' ').append(frame(frame)).append('\n'));
    }

    /** A blank line, a heading, and the stack of an allocation or a free. */
    static void appendTrack(StringBuilder out, String what, Track track) {
        out.append('\n').append(what).append(" by task ").append(track.task().pid()).append(":\n");
        appendTrackFrames(out, track.frames());
    }

    /** The stack of an allocation or a free. */
    static void appendTrackFrames(StringBuilder out, List<StackTraceElement> frames) {
        if (frames.isEmpty()) {
            out.append("(stack is not available)\n");
            return;
        }
        appendFrames(out, frames);
    }

    /** A name that the program chose, in one line: no name can forge lines of a report. */
    static String clean(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (breaksLine(name.charAt(i))) {
                return cleaned(name);
            }
        }
        return name;
    }

    private static String cleaned(String name) {
        StringBuilder out = new StringBuilder(name);
        for (int i = 0; i < out.length(); i++) {
            if (breaksLine(out.charAt(i))) {
                out.setCharAt(i, '?');
            }
        }
        return out.toString();
    }

    private static boolean breaksLine(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
