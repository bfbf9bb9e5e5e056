package org.jkasan.mm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jkasan.check.ArrayElements;
import org.jkasan.check.HeapArrays;
import org.jkasan.host.HostMemory;

/**
 * The kernel's global variables: what C declares static or at file scope, in the data section of
 * the kernel image. They are zero at first and last as long as the kernel, and KASAN keeps a
 * redzone behind each: an access there is global-out-of-bounds, and the report names the variable.
 * Thread-safe.
 *
 * <pre>
 * long table = kernel.globals().variable("table", 40);
 * byte[] name = kernel.globals().array("name", 10, byte[]::new);
 * </pre>
 *
 * <p>All of them and their redzones, of 32 to 63 bytes, have 16 MiB. Source:
 * __asan_register_globals.
 */
public final class Globals {

    private final Gate gate;
    private final HostMemory host;
    private final HeapArrays tracked;
    private final DataSection data;

    /** Held, for a variable does not go away while nobody looks. */
    private final List<Object> arrays = new ArrayList<>();

    Globals(Gate gate, HostMemory host, HeapArrays tracked, DataSection data) {
        this.gate = gate;
        this.host = host;
        this.tracked = tracked;
        this.data = data;
    }

    /**
     * Registers a variable.
     *
     * @param name as reports print it; no two variables have the same
     * @param size bytes, at least 1
     * @return its kernel address, a multiple of 32
     * @throws IllegalArgumentException for a name that is taken, or a bad size
     * @throws IllegalStateException if the image has no room left, or the kernel is closed
     */
    public synchronized long variable(String name, long size) {
        return register(name, size).start();
    }

    /**
     * Registers a variable, as {@link #variable} does, to be used as a buffer. It is little endian
     * and goes on to the end of the redzone; only KASAN knows where the variable ends. It may not
     * be used after the kernel is closed.
     *
     * @param size bytes, at least 1
     * @return a direct buffer
     */
    public synchronized ByteBuffer buffer(String name, int size) {
        Global global = register(name, size);
        return host.buffer(data.window().toHost(global.start()), (int) global.sizeWithRedzone())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Registers a variable, as {@link #variable} does, that is an array: {@code
     * globals.array("primes", 16, int[]::new)}. Its elements are in the Java heap.
     *
     * @param length elements, at least 1
     * @return the array
     * @throws IllegalArgumentException also for what is no array of a primitive type
     */
    public synchronized <T> T array(String name, int length, IntFunction<T> constructor) {
        T array = constructor.apply(length);
        int elements = ArrayElements.length(array);
        if (elements < 0) {
            throw new IllegalArgumentException(
                    "Only an array of a primitive type can be kernel memory, not "
                            + (array == null ? "null" : array.getClass().getTypeName())
                            + ".");
        }
        Global global = register(name, (long) elements << ArrayElements.shift(array));
        tracked.track(array, data.window().toHost(global.start()));
        arrays.add(array);
        return array;
    }

    private Global register(String name, long size) {
        gate.pass();
        return data.register(name, size);
    }

    /** The kernel address of a variable: kallsyms_lookup_name; 0 if there is none of the name. */
    public long address(String name) {
        gate.pass();
        Global global = data.find(name);
        return global == null ? 0 : global.start();
    }

    /** Lets go of the arrays, before their addresses mean something else. */
    synchronized void close() {
        arrays.forEach(tracked::untrack);
        arrays.clear();
    }
}
