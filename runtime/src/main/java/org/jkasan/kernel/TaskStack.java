package org.jkasan.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jkasan.host.HostMemory;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.KernelOops;
import org.jkasan.mm.MemoryLayout;

/** The memory of a task's stack, and its stack pointer. It grows down. */
final class TaskStack {

    private final HostMemory host;
    private final KernelMemory memory;
    private final StackKasan kasan;
    private final long start;
    private final long end;
    private long pointer;

    TaskStack(HostMemory host, KernelMemory memory, StackKasan kasan, long start) {
        this.host = host;
        this.memory = memory;
        this.kasan = kasan;
        this.start = start;
        this.end = start + kasan.threadSize();
        this.pointer = end;
    }

    StackKasan kasan() {
        return kasan;
    }

    /** The lowest address. */
    long start() {
        return start;
    }

    /** The first address above. */
    long end() {
        return end;
    }

    /** The host address of the lowest address. */
    long hostStart() {
        return memory.hostAddress(start);
    }

    boolean contains(long addr) {
        return Long.compareUnsigned(addr - start, end - start) < 0;
    }

    /** The lowest address in use. */
    long pointer() {
        return pointer;
    }

    /**
     * Takes so many bytes, and returns the lowest address in use then. If there are not as many,
     * the stack's pages are touched one by one from the top, and the first word below them is the
     * guard page's.
     */
    long push(long bytes) {
        if (bytes > pointer - start) {
            throw guardPageHit(start - Long.BYTES, true);
        }
        pointer -= bytes;
        return pointer;
    }

    /** Gives everything below an address back, all of it accessible. */
    void pop(long top) {
        kasan.unpoison(pointer, top - pointer);
        pointer = top;
    }

    /** The oops of an access to the page below the stack, null for any other. */
    KernelOops guardPageHit(long addr, boolean write) {
        if (Long.compareUnsigned(start - 1 - addr, MemoryLayout.PAGE_SIZE) >= 0) {
            return null;
        }
        String headline =
                String.format(
                        "BUG: TASK stack guard page was hit at %016x (stack is %016x..%016x)",
                        addr, start, end);
        return new KernelOops(addr, write, List.of(headline));
    }

    /** A little-endian buffer from an address to the end of the stack. */
    ByteBuffer buffer(long addr) {
        return host.buffer(memory.hostAddress(addr), (int) (end - addr))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    long loadLong(long addr) {
        return memory.loadLong(addr);
    }

    void storeLong(long addr, long value) {
        memory.storeLong(addr, value);
    }
}
