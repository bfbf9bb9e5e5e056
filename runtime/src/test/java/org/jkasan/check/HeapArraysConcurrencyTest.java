package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HeapArraysConcurrencyTest {

    private static final long BASE = 0x7000_0000_0000L;
    private static final int READERS = 3;

    private final HeapArrays arrays = new HeapArrays();
    private final long[][] stable = new long[200][1];
    private final AtomicBoolean done = new AtomicBoolean();

    /** Looks for the stable arrays until told to stop; the number of misses. */
    private long read() {
        long misses = 0;
        while (!done.get()) {
            for (long[] array : stable) {
                long handle = arrays.handle(array);
                misses += handle == array[0] || handle == array[0] + 8 ? 0 : 1;
            }
        }
        return misses;
    }

    /** Grows and empties the table, replaces bases, lets arrays be collected. */
    private void write() {
        Random random = new Random(1);
        List<int[]> others = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int[] other = new int[1];
            arrays.track(other, BASE);
            if (random.nextInt(4) != 0) {
                others.add(other);
            }
            if (others.size() > 3000) {
                others.subList(0, 2900).forEach(arrays::untrack);
                others.clear();
            }
            long[] array = stable[random.nextInt(stable.length)];
            arrays.track(array, array[0] + (i & 8));
        }
    }

    @Test
    void readers_neverMissAnArrayThatStaysTracked() throws Exception {
        for (int i = 0; i < stable.length; i++) {
            stable[i][0] = BASE + 64 * (i + 1L);
            arrays.track(stable[i], stable[i][0]);
        }
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Callable<Long> reader = this::read;
                readers.add(threads.submit(reader));
            }
            write();
            done.set(true);
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isZero();
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
        arrays.check();
    }
}
