package org.jkasan.bench.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jkasan.check.Sanitizer;
import org.jkasan.mm.Architecture;
import org.jkasan.mm.KernelLog;
import org.jkasan.mm.MemoryConfig;
import org.jkasan.mm.MemoryManager;
import org.jkasan.mm.Vmalloc;
import org.jkasan.mm.VmallocRequest;

/**
 * The longest time in microseconds that an allocation takes while another thread purges areas, as a
 * program that prints it: the median of several runs, in each of which no two areas that are purged
 * lie side by side. What the host made the allocating thread wait for a processor is taken off,
 * where the host tells. An allocation does not count during which the purge waited for one, maybe
 * with a lock, or during which garbage was collected: those stops are the host's and the
 * collector's.
 */
public final class PurgeStop {

    private static final int PURGES = 7;

    private static final long PAGE = 4096;

    private static final long MEM = 4L << 30;

    /** More than the kernel's, so that all areas wait for the one purge. */
    private static final long LAZY_MAX = 1 << 24;

    private static final List<GarbageCollectorMXBean> COLLECTORS =
            ManagementFactory.getGarbageCollectorMXBeans();

    private PurgeStop() {}

    /** Takes the number of areas. */
    public static void main(String[] args) throws InterruptedException {
        int areas = Integer.parseInt(args[0]);
        MemoryConfig config =
                new MemoryConfig(Architecture.X86_64.layout(), MEM, 2, 32L << 40, true)
                        .withLazyMaxPages(LAZY_MAX);
        double[] stops = new double[PURGES];
        try (MemoryManager mm =
                MemoryManager.withKasan(Sanitizer.installed(), config, new Silence())) {
            for (int i = -2; i < PURGES; i++) {
                stops[Math.max(i, 0)] = stop(mm.vmalloc(), areas) / 1e3;
            }
        }
        Arrays.sort(stops);
        System.out.println(stops[PURGES / 2]);
    }

    /** Of two purges, of every other area first, and then of those between. */
    private static long stop(Vmalloc vmalloc, int areas) throws InterruptedException {
        long[] addresses = new long[2 * areas];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = vmalloc.vmalloc(PAGE);
        }
        return Math.max(stop(vmalloc, addresses, 0), stop(vmalloc, addresses, 1));
    }

    private static long stop(Vmalloc vmalloc, long[] addresses, int first)
            throws InterruptedException {
        for (int i = first; i < addresses.length; i += 2) {
            vmalloc.vfree(addresses[i]);
        }
        VmallocRequest carved = vmalloc.request(PAGE);
        carved = carved.within(carved.start(), carved.end() - PAGE); // pools serve no range
        System.gc();
        CompletableFuture<RunDelay> purging = new CompletableFuture<>();
        Thread purge = new Thread(() -> purge(vmalloc, purging), "purge");
        purge.start();
        try (RunDelay others = purging.join();
                RunDelay own = RunDelay.ofThisThread()) {
            long longest = 0;
            while (purge.isAlive()) {
                long collections = collections();
                long othersDelay = others.nanos();
                long ownDelay = own.nanos();
                long start = System.nanoTime();
                long address = vmalloc.vmallocNodeRange(carved);
                long time = System.nanoTime() - start;
                if (time > longest
                        && collections == collections()
                        && othersDelay == others.nanos()) {
                    longest = Math.max(longest, time - (own.nanos() - ownDelay));
                }
                vmalloc.vfree(address);
            }
            purge.join();
            return longest;
        }
    }

    private static void purge(Vmalloc vmalloc, CompletableFuture<RunDelay> purging) {
        purging.complete(RunDelay.ofThisThread());
        vmalloc.purge();
    }

    private static long collections() {
        long count = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            count += collector.getCollectionCount();
        }
        return count;
    }

    /** A kernel's log that nobody reads. */
    private static final class Silence implements KernelLog {

        @Override
        public void print(String line) {}

        @Override
        public void warn(String message) {}
    }
}
