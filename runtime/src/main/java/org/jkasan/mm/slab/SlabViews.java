package org.jkasan.mm.slab;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import org.jkasan.check.ArrayElements;
import org.jkasan.check.HeapArrays;
import org.jkasan.host.HostMemory;
import org.jkasan.host.RawObjects;
import org.jkasan.mm.Gfp;

/** Objects as buffers and arrays, and back to their addresses. */
final class SlabViews {

    /*
     * A buffer covers its object and what follows in the same slab or block, for that is what the
     * hardware allows; only KASAN knows where the object ends. An array's elements are in the Java
     * heap; its object is where its shadow is, and stays so until the object is used again.
     */

    private static final long ADDRESS = RawObjects.fieldOffset(Buffer.class, "address");

    private static final long NONE = 0;

    private final HostMemory host;
    private final HeapArrays tracked;
    private final SlabAllocator slabs;
    private final long delta;

    SlabViews(HostMemory host, HeapArrays tracked, SlabAllocator slabs, long delta) {
        this.host = host;
        this.tracked = tracked;
        this.slabs = slabs;
        this.delta = delta;
    }

    /** A little-endian buffer from an object's address to the end of its slab or block. */
    ByteBuffer buffer(long addr, long end) {
        return host.buffer(addr - delta, (int) (end - addr)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The same for an object of a slab; null for none. */
    ByteBuffer buffer(long object) {
        Slab slab = object == NONE ? null : slabs.table().find(object);
        return slab == null ? null : buffer(object, slab.start + slab.cache.layout().slabBytes());
    }

    /**
     * The kernel address of a buffer's index 0.
     *
     * @throws IllegalArgumentException for a buffer on the Java heap
     */
    long address(ByteBuffer buffer) {
        slabs.gate().pass();
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException(
                    "A buffer on the Java heap is no kernel memory; pass one that came from"
                            + " kmallocBuffer.");
        }
        return RawObjects.loadLong(buffer, ADDRESS) + delta;
    }

    /** An array; null where the Java heap has no room for it. */
    <T> T construct(int length, IntFunction<T> constructor) {
        try {
            return constructor.apply(length);
        } catch (OutOfMemoryError e) {
            failed(length);
            return null;
        }
    }

    private void failed(int length) {
        slabs.log().print("SLUB: Unable to allocate memory, an array of " + length);
    }

    /**
     * Bytes of an array's elements.
     *
     * @throws IllegalArgumentException for what is no array of a primitive type
     */
    static long bytes(Object array) {
        return bytes(array, ArrayElements.length(array));
    }

    /** The same for as many elements of its type. */
    static long bytes(Object array, int length) {
        if (ArrayElements.length(array) < 0) {
            throw new IllegalArgumentException(
                    "Only an array of a primitive type can be kernel memory, not "
                            + array.getClass().getTypeName()
                            + ".");
        }
        return (long) length << ArrayElements.shift(array);
    }

    /** Makes an array of an object of a cache; null where RAM or the Java heap has no more. */
    <T> T array(KmemCache cache, int length, IntFunction<T> constructor) {
        T array = construct(length, constructor);
        long bytes = array == null ? 0 : bytes(array);
        if (bytes > cache.objectSize()) {
            throw new IllegalArgumentException(
                    "An array of "
                            + bytes
                            + " bytes does not fit an object of "
                            + cache
                            + ", which has "
                            + cache.objectSize()
                            + ".");
        }
        long addr = bytes == 0 ? NONE : slabs.allocate(cache, Gfp.KERNEL, (int) bytes);
        if (addr == NONE) {
            return null;
        }
        return track(array, addr) ? array : null;
    }

    /** Frees an array's object; one that has none gives a warning. */
    void free(Object array) {
        long addr = address(array);
        Slab slab = addr == NONE ? null : slabs.table().find(addr);
        if (slab == null) {
            slabs.log().warn("object pointer: " + array.getClass().getTypeName());
        } else {
            slabs.free(slab, addr, array);
        }
    }

    /** An object whose array cannot be tracked would be nobody's, so it goes back. */
    private boolean track(Object array, long addr) {
        Slab slab = slabs.table().find(addr);
        try {
            slab.own(slab.nearest(addr), array);
            tracked.track(array, addr - delta);
            return true;
        } catch (OutOfMemoryError e) {
            slabs.free(slab, addr, null);
            failed(ArrayElements.length(array));
            return false;
        }
    }

    /** The address of the object that an array has or had; 0 if it never had one. */
    long address(Object array) {
        slabs.gate().pass();
        bytes(array);
        long handle = tracked.handle(array);
        return handle == NONE ? NONE : handle + delta;
    }

    /** Lets go of all arrays, before their addresses mean something else. */
    void close() {
        slabs.table().forEach(slab -> slab.forEachArray(tracked::untrack));
    }
}
