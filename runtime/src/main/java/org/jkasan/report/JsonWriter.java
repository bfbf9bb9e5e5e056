package org.jkasan.report;

/**
 * Writes JSON text, RFC 8259, in one line. No library can stand on the boot class path, and a
 * report takes no more than this. Nesting is the caller's to get right.
 */
final class JsonWriter {

    private final StringBuilder out = new StringBuilder(4096);
    private boolean first = true;

    JsonWriter beginObject() {
        return begin('{');
    }

    JsonWriter endObject() {
        return end('}');
    }

    JsonWriter beginArray() {
        return begin('[');
    }

    JsonWriter endArray() {
        return end(']');
    }

    private JsonWriter begin(char bracket) {
        separate();
        out.append(bracket);
        first = true;
        return this;
    }

    private JsonWriter end(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    /** The name of a member, whose value comes next. */
    JsonWriter name(String name) {
        separate();
        quote(name);
        out.append(':');
        first = true;
        return this;
    }

    /** A string, or null. */
    JsonWriter value(String text) {
        separate();
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
        return this;
    }

    JsonWriter value(long number) {
        separate();
        out.append(number);
        return this;
    }

    JsonWriter value(boolean truth) {
        separate();
        out.append(truth);
        return this;
    }

    /** A number that is larger than a long. */
    JsonWriter unsigned(long number) {
        separate();
        out.append(Long.toUnsignedString(number));
        return this;
    }

    /** An address: a string of 16 hex digits behind 0x. */
    JsonWriter address(long address) {
        return value("0x" + Text.address(address));
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            append(text, i);
        }
        out.append('"');
    }

    /** Half of a surrogate pair has no UTF-8, but an escape. */
    private void append(String text, int i) {
        char c = text.charAt(i);
        boolean paired =
                Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1))
                        || Character.isLowSurrogate(c)
                                && i > 0
                                && Character.isHighSurrogate(text.charAt(i - 1));
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c == '\n') {
            out.append("\\n");
        } else if (Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || Character.isSurrogate(c) && !paired) {
            out.append("\\u").append(Text.address(c), 12, 16);
        } else {
            out.append(c);
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
