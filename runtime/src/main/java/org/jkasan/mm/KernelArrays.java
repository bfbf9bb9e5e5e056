package org.jkasan.mm;

import java.util.function.IntFunction;
import org.jkasan.check.HeapArrays;

/**
 * Java arrays that have an area in vmalloc space. A freed one stays tracked, so that its use after
 * the free is seen, as long as its shadow says so.
 */
final class KernelArrays {

    private final Gate gate;
    private final HeapArrays tracked;
    private final AreaAllocator allocator;
    private final VmapAreas areas;
    private final KernelWindow window;
    private final KernelLog log;

    KernelArrays(Gate gate, HeapArrays tracked, VmallocSpace space, KernelLog log) {
        this.gate = gate;
        this.tracked = tracked;
        this.allocator = space.allocator();
        this.areas = space.areas();
        this.window = space.window();
        this.log = log;
    }

    /**
     * Makes an array with an area.
     *
     * @param request for the bytes of all elements, and admitted
     * @return the array, or null after a warning
     */
    <T> T allocate(VmallocRequest request, int length, IntFunction<T> constructor) {
        T array = construct(request.size(), length, constructor);
        if (array == null) {
            return null;
        }
        VmapArea area = allocator.allocateForArray(request);
        return area != null && track(request, array, area) ? array : null;
    }

    /** An area whose array cannot be tracked would be nobody's, so it goes back. */
    private boolean track(VmallocRequest request, Object array, VmapArea area) {
        try {
            area.vm.bind(tracked.track(array, window.toHost(area.object())));
            return true;
        } catch (OutOfMemoryError e) {
            allocator.free(area.start, null, request.caller());
            failed(request.size());
            return false;
        }
    }

    private void failed(long size) {
        log.print("vmalloc error: size " + size + ", failed to allocate pages");
    }

    /** The Java heap is where an array's pages come from, and it may have none left. */
    private <T> T construct(long size, int length, IntFunction<T> constructor) {
        try {
            return constructor.apply(length);
        } catch (OutOfMemoryError e) {
            failed(size);
            return null;
        }
    }

    /** The kernel address that an array has or had; 0 if it is not from this kernel. */
    long address(Object array) {
        gate.pass();
        Class<?> component = array.getClass().getComponentType();
        if (component == null || !component.isPrimitive()) {
            throw new IllegalArgumentException(
                    "Only an array of a primitive type can be kernel memory, not "
                            + array.getClass().getTypeName()
                            + ".");
        }
        long base = tracked.handle(array);
        return base != 0 && window.ownsHost(base) ? window.toKernel(base) : 0;
    }

    /** The kernel address of an array that was not freed, or 0. */
    long liveAddress(Object array) {
        long addr = address(array);
        return addr != 0 && areas.liveArea(addr, array) != null ? addr : 0;
    }

    /** Lets go of all arrays that were not freed, before their addresses mean something else. */
    void close() {
        areas.forEach(this::untrack);
    }

    private void untrack(VmapArea area) {
        VmStruct vm = area.vm;
        Object array = vm == null ? null : vm.array();
        if (array != null) {
            tracked.untrack(array);
        }
    }
}
