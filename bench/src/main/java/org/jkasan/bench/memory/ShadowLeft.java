package org.jkasan.bench.memory;

import java.util.Random;
import org.jkasan.check.Sanitizer;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.Vmalloc;
import org.jkasan.shadow.Shadow;

/**
 * How many pages of shadow stay resident when every area is freed and no purge is asked for, as a
 * program that prints it: the host's count or the kernel's own, whichever is larger.
 */
public final class ShadowLeft {

    private static final int PAGE = 4096;

    private static final int MOST_PAGES = 8;

    private ShadowLeft() {}

    /** Takes the number of areas. */
    public static void main(String[] args) {
        long[] addresses = new long[Integer.parseInt(args[0])];
        Random random = new Random(1);
        try (Kernel kernel = Kernel.boot()) {
            Vmalloc vmalloc = kernel.vmalloc();
            long taken = kernel.ram().free();
            long first = Long.MAX_VALUE;
            long last = 0;
            for (int i = 0; i < addresses.length; i++) {
                long size = (1 + random.nextInt(MOST_PAGES)) * (long) PAGE;
                addresses[i] = vmalloc.vmalloc(size);
                long host = kernel.memory().hostAddress(addresses[i]);
                first = Math.min(first, host);
                last = Math.max(last, host + size + PAGE);
            }
            shuffle(addresses, random);
            for (long address : addresses) {
                vmalloc.vfree(address);
            }
            long counted = taken - kernel.ram().free();
            System.out.println(Math.max(counted, resident(first, last)));
        }
    }

    private static void shuffle(long[] addresses, Random random) {
        for (int i = addresses.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long address = addresses[i];
            addresses[i] = addresses[j];
            addresses[j] = address;
        }
    }

    /** Pages of 4 KiB of the shadow of a range that the host has in memory. */
    private static long resident(long first, long last) {
        Sanitizer sanitizer = Sanitizer.installed();
        Shadow shadow = sanitizer.shadow();
        long page = sanitizer.host().pageSize();
        long start = shadow.shadowAddress(first) & -page;
        long end = shadow.shadowAddress(last) + page - 1 & -page;
        return sanitizer.host().residentPages(start, end - start) * (page / PAGE);
    }
}
