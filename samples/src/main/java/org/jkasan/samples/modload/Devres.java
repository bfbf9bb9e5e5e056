package org.jkasan.samples.modload;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jkasan.mm.Vmalloc;

/**
 * Managed vmalloc memory, after the kernel's devres: whatever was allocated through it is freed,
 * last first, when the load ends, however it ends.
 */
final class Devres implements AutoCloseable {

    private final Vmalloc vmalloc;
    private final Deque<Object> owned = new ArrayDeque<>();

    Devres(Vmalloc vmalloc) {
        this.vmalloc = vmalloc;
    }

    ByteBuffer buffer(long size) throws BadModuleException {
        return own(vmalloc.vmallocBuffer(Math.max(size, 1)), size);
    }

    byte[] bytes(int length) throws BadModuleException {
        return own(vmalloc.vmallocBytes(Math.max(length, 1)), length);
    }

    int[] ints(int length) throws BadModuleException {
        return own(vmalloc.vmallocInts(Math.max(length, 1)), Integer.BYTES * (long) length);
    }

    long[] longs(int length) throws BadModuleException {
        return own(vmalloc.vmallocLongs(Math.max(length, 1)), Long.BYTES * (long) length);
    }

    /** The kernel address of so many bytes. */
    long area(long size) throws BadModuleException {
        long addr = vmalloc.vmalloc(size);
        return own(addr == 0 ? null : addr, size);
    }

    /** The kernel address of so many bytes, all of them zero. */
    long zeroedArea(long size) throws BadModuleException {
        long addr = vmalloc.vzalloc(size);
        return own(addr == 0 ? null : addr, size);
    }

    /** The kernel address where a buffer begins. */
    long addressOf(ByteBuffer buffer) {
        return vmalloc.addressOf(buffer);
    }

    /** Frees an allocation before the others: a buffer, an array, or a boxed kernel address. */
    void free(Object allocation) {
        owned.removeIf(each -> each == allocation);
        vfree(allocation);
    }

    /** Frees an allocation and goes on owning it: what devres users must never do. */
    void freeBehindItsBack(Object allocation) {
        vfree(allocation);
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            vfree(owned.pop());
        }
    }

    private void vfree(Object allocation) {
        if (allocation instanceof ByteBuffer buffer) {
            vmalloc.vfree(buffer); // BUG: double-free
        } else if (allocation instanceof Long addr) {
            vmalloc.vfree(addr.longValue());
        } else {
            vmalloc.vfree(allocation);
        }
    }

    private <T> T own(T allocation, long size) throws BadModuleException {
        if (allocation == null) {
            throw new BadModuleException(
                    "needs %d bytes of vmalloc space that are not to be had".formatted(size));
        }
        owned.push(allocation);
        return allocation;
    }
}
