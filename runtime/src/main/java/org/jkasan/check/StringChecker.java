package org.jkasan.check;

import org.jkasan.host.RawMemory;
import org.jkasan.report.AccessKind;

/**
 * The checks of helpers that go through memory until they find something, as far as they go. As in
 * the kernel, whose helpers are compiled like any code, every bad access is one, so a string that
 * is bad from some byte on makes a report for each of its bytes, where all are asked for.
 */
final class StringChecker {

    /*
     * What is in memory decides how far a helper reads, so its bytes are read here too. That can be
     * done wherever a window is, mapped or not: it reads as something, and if a page is not mapped
     * there, the shadow says so first, or the helper runs into the page fault.
     *
     * Helpers read byte by byte; strscpy and memcmp a word at a time where 8 or more bytes are left.
     * Of strscpy's words only the first byte is checked, for it means to read over the end of the
     * string (read_word_at_a_time).
     */

    private static final long WORD = Long.BYTES;

    /** No byte: ends the search at the string's own end. */
    private static final int NUL = 0;

    private final AccessChecker checker;

    StringChecker(AccessChecker checker) {
        this.checker = checker;
    }

    /** A read up to and with the first NUL or other byte looked for, n bytes (unsigned) at most. */
    void string(AddressSpace space, long s, int c, long n) {
        find(space, s, c, true, n);
    }

    /** A read up to and with the first byte looked for, n bytes (unsigned) at most. */
    void memory(AddressSpace space, long s, int c, long n) {
        find(space, s, c, false, n);
    }

    private void find(AddressSpace space, long s, int c, boolean nulEnds, long n) {
        for (long i = 0; i != n && reads(space, s + i, 1); i++) {
            byte read = load(space, s + i);
            if (read == (byte) c || nulEnds && read == NUL) {
                return;
            }
        }
    }

    /** Reads of two strings up to their first difference or end, n bytes (unsigned) at most. */
    void compare(AddressSpace space, long a, long b, long n) {
        for (long i = 0; i != n && readsBoth(space, a + i, b + i, 1); i++) {
            byte read = load(space, a + i);
            if (read != load(space, b + i) || read == NUL) {
                return;
            }
        }
    }

    /** Reads of two ranges of n bytes (unsigned) up to their first difference. */
    void compareMemory(AddressSpace space, long a, long b, long n) {
        long i = 0;
        while (Long.compareUnsigned(n - i, WORD) >= 0) {
            if (!readsBoth(space, a + i, b + i, Long.BYTES)) {
                return;
            }
            if (!isSameWord(space, a + i, b + i)) {
                break; // and read once more, byte by byte
            }
            i += WORD;
        }
        for (; i != n && readsBoth(space, a + i, b + i, 1); i++) {
            if (load(space, a + i) != load(space, b + i)) {
                return;
            }
        }
    }

    private static boolean isSameWord(AddressSpace space, long a, long b) {
        for (int i = 0; i < WORD; i++) {
            if (load(space, a + i) != load(space, b + i)) {
                return false;
            }
        }
        return true;
    }

    private boolean reads(AddressSpace space, long address, int size) {
        return checker.goesOn(AccessKind.READ, space, address, size);
    }

    private boolean writes(AddressSpace space, long address, int size) {
        return checker.goesOn(AccessKind.WRITE, space, address, size);
    }

    private boolean readsBoth(AddressSpace space, long a, long b, int size) {
        return reads(space, a, size) && reads(space, b, size);
    }

    /** A copy of a string with its NUL. */
    void copy(AddressSpace space, long to, long from) {
        for (long i = 0; reads(space, from + i, 1) && writes(space, to + i, 1); i++) {
            if (load(space, from + i) == NUL) {
                return;
            }
        }
    }

    /** A copy of a string into at most {@code count} bytes, the last of which is NUL then. */
    void copyWords(AddressSpace space, long to, long from, long count) {
        long i = 0;
        while (i < count) {
            int size = isWord(from + i, count - i) ? Long.BYTES : 1;
            if (!reads(space, from + i, 1) || !writes(space, to + i, size)) {
                return;
            }
            for (long end = i + size; i != end; i++) {
                if (load(space, from + i) == NUL) {
                    return;
                }
            }
        }
    }

    /** Whether strscpy reads a word: the bytes are left, and are in one page. */
    private static boolean isWord(long from, long left) {
        return left >= WORD && (from & KernelHooks.PAGE_SIZE - 1) <= KernelHooks.PAGE_SIZE - WORD;
    }

    private static byte load(AddressSpace space, long address) {
        long host = space.hostAddress(address);
        return host == AddressSpace.NO_SHADOW ? NUL : RawMemory.loadByte(host);
    }
}
