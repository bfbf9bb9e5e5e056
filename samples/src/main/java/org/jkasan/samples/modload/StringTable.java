package org.jkasan.samples.modload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A copy of a string table: strings that end in NUL, one behind the other. */
final class StringTable {

    private final ByteBuffer bytes;
    private final int size;

    private StringTable(ByteBuffer bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    /** Demands that a section is a string table whose last string ends; strlen() relies on it. */
    static void requireTerminated(Image image, SectionTable sections, int i, String what)
            throws BadModuleException {
        if (sections.type(i) != Elf.SHT_STRTAB) {
            throw new BadModuleException(
                    "%s has type 0x%x, expected 3 (STRTAB)".formatted(what, sections.type(i)));
        }
        long size = sections.size(i);
        if (size == 0 || image.u8(sections.offset(i) + size - 1) != 0) {
            throw new BadModuleException(
                    "%s does not end in NUL, as a string table must".formatted(what));
        }
    }

    /** Copies so many bytes of the image out. */
    static StringTable copy(LoadContext context, Image image, long offset, long size)
            throws BadModuleException {
        ByteBuffer bytes = context.devres().buffer(size);
        bytes.put(0, image.bytes(), (int) offset, (int) size);
        return new StringTable(bytes, (int) size);
    }

    int size() {
        return size;
    }

    /** Whether a string can begin at an offset, unsigned. */
    boolean contains(int at) {
        return Integer.compareUnsigned(at, size) < 0;
    }

    /** Bytes up to the NUL, as strlen() counts them; the mapping is all that bounds it. */
    int length(int at) {
        int end = at;
        while (end < bytes.capacity() && bytes.get(end) != 0) { // BUG: unterminated-strings
            end++;
        }
        return end - at;
    }

    /** The string at an offset, at most so many bytes of it, for people to read. */
    String text(int at, int most) {
        byte[] copy = new byte[Math.min(length(at), most)];
        bytes.get(at, copy, 0, copy.length);
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] < ' ' || copy[i] == 0x7f) {
                copy[i] = '?';
            }
        }
        return new String(copy, StandardCharsets.US_ASCII);
    }

    /** How many strings there are, each counted once however many names point into it. */
    int strings() {
        int found = 0;
        for (int at = 0; at < size; at += length(at) + 1) {
            found++;
        }
        return found;
    }

    /** Bytes of the longest string. */
    int longest() {
        int longest = 0;
        int at = 0;
        while (at < size) {
            int length = length(at);
            longest = Math.max(longest, length);
            at += length + 1;
        }
        return longest;
    }
}
