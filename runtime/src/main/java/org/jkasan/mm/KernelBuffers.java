package org.jkasan.mm;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jkasan.host.HostMemory;
import org.jkasan.host.RawObjects;

/** Buffers over a window, and the kernel addresses of buffers. */
final class KernelBuffers {

    private static final long ADDRESS = RawObjects.fieldOffset(Buffer.class, "address");

    private final Gate gate;
    private final HostMemory host;
    private final KernelWindow window;

    KernelBuffers(Gate gate, HostMemory host, KernelWindow window) {
        this.gate = gate;
        this.host = host;
        this.window = window;
    }

    /** A little-endian buffer over so many bytes from a kernel address on, or as many as fit. */
    ByteBuffer over(long addr, long bytes) {
        int capacity = (int) Math.min(bytes, Integer.MAX_VALUE);
        return host.buffer(window.toHost(addr), capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The kernel address of a buffer's index 0; outside the window it is none that the kernel
     * knows.
     *
     * @throws IllegalArgumentException for a buffer on the Java heap
     */
    long address(ByteBuffer buffer) {
        gate.pass();
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException(
                    "A buffer on the Java heap is no kernel memory; pass one that came from"
                            + " vmallocBuffer.");
        }
        long hostAddress = RawObjects.loadLong(buffer, ADDRESS);
        return window.ownsHost(hostAddress) ? window.toKernel(hostAddress) : hostAddress;
    }
}
