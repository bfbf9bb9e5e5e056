package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.Objects;
import org.jkasan.host.RawMemory;

/**
 * The kernel's memory functions over ranges of any length, page by page, so that an oops leaves the
 * bytes before it done, as the processor's string instructions do. Counts are unsigned.
 */
final class MemoryRanges {

    private static final boolean READ = false;
    private static final boolean WRITE = true;

    private final Mmu mmu;

    MemoryRanges(Mmu mmu) {
        this.mmu = mmu;
    }

    void set(long addr, byte value, long n) {
        long at = addr;
        long left = n;
        while (left != 0) {
            long chunk = Math.min(upToPageEnd(at), unsignedCap(left));
            RawMemory.fill(mmu.translate(at, 1, WRITE), chunk, value);
            at += chunk;
            left -= chunk;
        }
    }

    void copyUp(long dst, long src, long n) {
        long to = dst;
        long from = src;
        long left = n;
        while (left != 0) {
            long chunk = Math.min(upToPageEnd(to), Math.min(upToPageEnd(from), unsignedCap(left)));
            long source = mmu.translate(from, 1, READ);
            RawMemory.copy(source, mmu.translate(to, 1, WRITE), chunk);
            to += chunk;
            from += chunk;
            left -= chunk;
        }
    }

    void move(long dst, long src, long n) {
        boolean up = Long.compareUnsigned(dst - src, n) >= 0;
        if (up) {
            copyUp(dst, src, n);
        } else {
            copyDown(dst, src, n);
        }
    }

    private void copyDown(long dst, long src, long n) {
        long left = n;
        while (left != 0) {
            long to = dst + left;
            long from = src + left;
            long chunk =
                    Math.min(
                            downToPageStart(to),
                            Math.min(downToPageStart(from), unsignedCap(left)));
            // Downwards: the first byte that can be refused is the highest.
            long source = mmu.translate(from - 1, 1, READ);
            long target = mmu.translate(to - 1, 1, WRITE);
            RawMemory.copy(source - (chunk - 1), target - (chunk - 1), chunk);
            left -= chunk;
        }
    }

    int compare(long a, long b, long n) {
        long done = 0;
        while (done != n) {
            long left = unsignedCap(n - done);
            long chunk = Math.min(upToPageEnd(a + done), Math.min(upToPageEnd(b + done), left));
            int difference =
                    compareHost(
                            mmu.translate(a + done, 1, READ),
                            mmu.translate(b + done, 1, READ),
                            chunk);
            if (difference != 0) {
                return difference;
            }
            done += chunk;
        }
        return 0;
    }

    private static int compareHost(long a, long b, long n) {
        long i = 0;
        while (i + Long.BYTES <= n && RawMemory.loadLong(a + i) == RawMemory.loadLong(b + i)) {
            i += Long.BYTES;
        }
        while (i < n) {
            int difference =
                    Byte.toUnsignedInt(RawMemory.loadByte(a + i))
                            - Byte.toUnsignedInt(RawMemory.loadByte(b + i));
            if (difference != 0) {
                return difference;
            }
            i++;
        }
        return 0;
    }

    void copyIn(long dst, byte[] src, int off, int n) {
        Objects.checkFromIndexSize(off, n, src.length);
        int done = 0;
        while (done < n) {
            int chunk = (int) Math.min(upToPageEnd(dst + done), n - done);
            RawMemory.copyIn(src, off + done, mmu.translate(dst + done, 1, WRITE), chunk);
            done += chunk;
        }
    }

    void copyOut(long src, byte[] dst, int off, int n) {
        Objects.checkFromIndexSize(off, n, dst.length);
        int done = 0;
        while (done < n) {
            int chunk = (int) Math.min(upToPageEnd(src + done), n - done);
            RawMemory.copyOut(mmu.translate(src + done, 1, READ), dst, off + done, chunk);
            done += chunk;
        }
    }

    /** Bytes from the address to the end of its page: 1 to 4096. */
    private static long upToPageEnd(long addr) {
        return PAGE_SIZE - (addr & PAGE_MASK);
    }

    /** Bytes from the start of the page of the byte before an exclusive end: 1 to 4096. */
    private static long downToPageStart(long end) {
        return (end - 1 & PAGE_MASK) + 1;
    }

    /** An unsigned count as a positive one that a page's worth can be the minimum with. */
    private static long unsignedCap(long n) {
        return n < 0 ? Long.MAX_VALUE : n;
    }
}
