package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import org.jkasan.check.CheckedHelper;
import org.jkasan.host.RawMemory;

/**
 * The kernel's functions on strings in kernel memory: bytes up to a NUL. Lengths are unsigned.
 *
 * <p>They read byte by byte and no further than they must, and so KASAN checks them where rewritten
 * code calls one: the first byte that may not be read is a bad read of size 1. Only {@link
 * #strscpy} goes by words. Each throws {@link KernelOops} at the first byte that is not mapped.
 * Source: lib/string.c.
 */
public final class Strings extends CheckedHelper {

    /** What {@link #strscpy} returns for a string that did not fit: -E2BIG. */
    public static final long TOO_BIG = -7;

    private static final boolean READ = false;
    private static final boolean WRITE = true;

    private final Gate gate;
    private final Mmu mmu;

    Strings(Gate gate, KernelMemory memory, Mmu mmu) {
        super(memory);
        this.gate = gate;
        this.mmu = mmu;
    }

    private byte load(long addr) {
        return RawMemory.loadByte(mmu.translate(addr, 1, READ));
    }

    private void store(long addr, byte value) {
        RawMemory.storeByte(mmu.translate(addr, 1, WRITE), value);
    }

    /** Bytes before the NUL. */
    public long strlen(long s) {
        return strnlen(s, -1);
    }

    /** Bytes before the NUL, or n if it is not among so many. */
    public long strnlen(long s, long n) {
        long length = 0;
        while (length != n && load(s + length) != 0) {
            length++;
        }
        return length;
    }

    /** Copies a string with its NUL; returns dst. */
    public long strcpy(long dst, long src) {
        byte c;
        long i = 0;
        do {
            c = load(src + i);
            store(dst + i, c);
            i++;
        } while (c != 0);
        return dst;
    }

    /**
     * Copies a string, or as much of it as fits, and ends it with a NUL. Where 8 or more bytes of
     * count are left it goes by words: it may read behind the string's end, within the same 8 bytes
     * and the same page, of which KASAN checks the first byte, and it writes 8, zeros behind the
     * NUL.
     *
     * @param count bytes at dst, signed as an int's
     * @return bytes before the NUL; {@link #TOO_BIG} if the string was cut, or count is not 1 to
     *     2^31 - 1
     */
    public long strscpy(long dst, long src, long count) {
        gate.pass();
        if (count <= 0 || count > Integer.MAX_VALUE) {
            return TOO_BIG;
        }
        long done = 0;
        while (done < count) {
            int size = isWord(src + done, count - done) ? Long.BYTES : 1;
            int length =
                    size == 1 ? copyByte(dst + done, src + done) : copyWord(dst + done, src + done);
            done += length;
            if (length < size) {
                return done;
            }
        }
        store(dst + count - 1, (byte) 0);
        return TOO_BIG;
    }

    private static boolean isWord(long src, long left) {
        return left >= Long.BYTES && (src & PAGE_MASK) <= PAGE_SIZE - Long.BYTES;
    }

    /** Bytes that were no NUL. */
    private int copyByte(long dst, long src) {
        byte c = load(src);
        store(dst, c);
        return c == 0 ? 0 : 1;
    }

    /** Bytes before the NUL; it is followed by zeros. */
    private int copyWord(long dst, long src) {
        long from = mmu.translate(src, Long.BYTES, READ);
        int length = 0;
        while (length < Long.BYTES && RawMemory.loadByte(from + length) != 0) {
            length++;
        }
        for (int i = 0; i < Long.BYTES; i++) {
            store(dst + i, i < length ? RawMemory.loadByte(from + i) : 0);
        }
        return length;
    }

    /** The first difference of two strings, a byte of a minus the byte of b, or 0. */
    public int strcmp(long a, long b) {
        return strncmp(a, b, -1);
    }

    /** The first difference among n bytes of two strings, a byte of a minus that of b, or 0. */
    public int strncmp(long a, long b, long n) {
        for (long i = 0; i != n; i++) {
            byte c = load(a + i);
            int difference = Byte.toUnsignedInt(c) - Byte.toUnsignedInt(load(b + i));
            if (difference != 0 || c == 0) {
                return difference;
            }
        }
        return 0;
    }

    /** The address of the first byte that is the low byte of c, which may be the NUL; or 0. */
    public long strchr(long s, int c) {
        for (long at = s; ; at++) {
            byte read = load(at);
            if (read == (byte) c) {
                return at;
            }
            if (read == 0) {
                return 0;
            }
        }
    }

    /** The address of the last byte that is the low byte of c, which may be the NUL; or 0. */
    public long strrchr(long s, int c) {
        long last = 0;
        for (long at = s; ; at++) {
            byte read = load(at);
            if (read == (byte) c) {
                last = at;
            }
            if (read == 0) {
                return last;
            }
        }
    }

    /** The address of the first place where a string has another one in it, or 0. */
    public long strstr(long s, long other) {
        long length = strlen(other);
        long places = strlen(s) - length;
        for (long i = 0; i <= places; i++) {
            if (strncmp(s + i, other, length) == 0) {
                return s + i;
            }
        }
        return 0;
    }
}
