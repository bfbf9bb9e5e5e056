package org.jkasan.samples.agent.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;

/**
 * Allocates, fills, hands over and frees from many threads, in every form and all of it right:
 * {@code THREADS ROUNDS}.
 */
public final class Churn {

    private static final int KERNELS = 3;

    private final Kernel kernel;
    private final BlockingQueue<Object> handedOver = new ArrayBlockingQueue<>(64);

    private Churn(Kernel kernel) {
        this.kernel = kernel;
    }

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < KERNELS; i++) {
            try (Kernel kernel = Kernel.boot()) {
                new Churn(kernel).run(pool, threads, Integer.parseInt(args[1]));
            }
            // The addresses of the kernel that is gone may be this buffer's.
            ByteBuffer buffer = ByteBuffer.allocateDirect(16 << 20);
            while (buffer.hasRemaining()) {
                buffer.putLong(i);
            }
        }
        pool.shutdown();
        System.out.println("done");
    }

    private void run(ExecutorService pool, int threads, int rounds) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Random random = new Random(i);
            Callable<Void> churning =
                    () -> {
                        for (int round = 0; round < rounds; round++) {
                            turn(random);
                        }
                        return null;
                    };
            running.add(pool.submit(churning));
        }
        for (Future<?> future : running) {
            future.get();
        }
    }

    private void turn(Random random) {
        int size = 8 + random.nextInt(random.nextInt(20) == 0 ? 200_000 : 5000);
        Object mine = allocate(random.nextInt(5), size);
        if (random.nextInt(3) == 0 && handedOver.offer(mine)) {
            mine = handedOver.poll();
        }
        if (mine instanceof byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i]++;
            }
        }
        kernel.vmalloc().vfree(mine);
        if (random.nextInt(200) == 0) {
            kernel.vmalloc().purge();
        }
    }

    private Object allocate(int form, int size) {
        return switch (form) {
            case 0 -> bytes(size);
            case 1 -> ints(size);
            case 2 -> longs(size);
            case 3 -> buffer(size);
            default -> address(size);
        };
    }

    private byte[] bytes(int size) {
        byte[] bytes = kernel.vmalloc().vmallocBytes(size);
        for (int i = size - 1; i >= 0; i--) {
            bytes[i] = (byte) i;
        }
        byte[] copy = Arrays.copyOf(bytes, 2 * size);
        System.arraycopy(copy, 0, bytes, 0, size);
        LongBuffer view = ByteBuffer.wrap(bytes).asLongBuffer();
        while (view.hasRemaining()) {
            view.put(size);
        }
        return bytes;
    }

    private int[] ints(int size) {
        int[] ints = kernel.vmalloc().vmallocInts(size);
        Arrays.fill(ints, 3);
        int sum = 0;
        for (int element : ints) {
            sum += element;
        }
        ints[size - 1] = sum;
        return ints;
    }

    private long[] longs(int size) {
        long[] longs = kernel.vmalloc().vmallocLongs(size);
        long[] own = new long[size];
        for (int i = 0; i < size; i++) {
            own[i] = longs[i] ^ i;
            longs[i] = own[i];
        }
        LongBuffer.wrap(longs).put(own);
        return longs;
    }

    private ByteBuffer buffer(int size) {
        ByteBuffer buffer = kernel.vmalloc().vzallocBuffer(size);
        ByteBuffer view = buffer.duplicate().order(ByteOrder.BIG_ENDIAN).limit(size);
        while (view.remaining() >= Long.BYTES) {
            view.putLong(size);
        }
        while (view.hasRemaining()) {
            view.put((byte) 1);
        }
        view.flip().get(new byte[size]);
        return buffer;
    }

    private long address(int size) {
        long address = kernel.vmalloc().vmalloc(size);
        KernelMemory memory = kernel.memory();
        memory.memset(address, 1, size);
        for (int i = 0; i + Long.BYTES <= size; i += Long.BYTES) {
            memory.storeLong(address + i, i);
        }
        memory.memcpy(address, address + size / 2, size / 2);
        memory.copyOut(address, new byte[size], 0, size);
        return address;
    }
}
