package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

/**
 * The requests for areas of a window: the plain one, and which of all can be met at all. Whatever
 * cannot is answered with the kernel's warning.
 */
final class AreaRequests {

    private static final long ANY_ALIGNMENT = 1;

    private static final int NODES = 1;

    private final Gate gate;
    private final KernelWindow window;
    private final PageAllocator ram;
    private final Interrupts interrupts;
    private final KernelLog log;

    AreaRequests(KernelWindow window, VmallocMachine machine) {
        this.gate = machine.gate();
        this.window = window;
        this.ram = machine.ram();
        this.interrupts = machine.interrupts();
        this.log = machine.log();
    }

    /** The request that plain vmalloc makes for a size. */
    VmallocRequest request(long size) {
        return new VmallocRequest(
                size,
                ANY_ALIGNMENT,
                window.start(),
                window.end(),
                Gfp.KERNEL,
                VmFlags.ALLOC,
                VmallocRequest.ANY_NODE,
                null,
                false);
    }

    /** Whether what is asked for can be had at all; warns where it cannot. */
    boolean admits(VmallocRequest request) {
        long size = request.size();
        if (!maySleep("vmalloc")) {
            return false;
        }
        if (size == 0) {
            return refuse("vmalloc: size 0");
        }
        if (Long.compareUnsigned(size, ram.total() << PAGE_SHIFT) > 0) {
            if (!request.gfp().quiet()) {
                log.print(
                        "vmalloc error: size "
                                + Long.toUnsignedString(size)
                                + ", exceeds total pages");
            }
            return false;
        }
        if (Long.bitCount(request.align()) != 1) {
            return refuse(
                    "vmalloc: alignment "
                            + Long.toUnsignedString(request.align())
                            + " is not a power of two");
        }
        return admitsNode(request.node()) && admitsRange(request);
    }

    /** Whether there is such a node; warns if there is not. */
    boolean admitsNode(int node) {
        boolean exists = node >= VmallocRequest.ANY_NODE && node < NODES;
        return exists || refuse("vmalloc: there is no node " + node + ", only node 0");
    }

    private boolean admitsRange(VmallocRequest request) {
        boolean inWindow =
                Long.compareUnsigned(request.start(), window.start()) >= 0
                        && Long.compareUnsigned(request.end(), window.end()) <= 0;
        return inWindow || refuse("vmalloc: " + request.range() + " is not in vmalloc space");
    }

    private boolean refuse(String reason) {
        log.warn(reason);
        return false;
    }

    /**
     * Whether the caller may sleep; warns if it is in an interrupt, where nothing may.
     *
     * @throws IllegalStateException once the kernel is closed
     */
    boolean maySleep(String what) {
        gate.pass();
        return !interrupts.inInterrupt()
                || refuse("kernel BUG at mm/vmalloc.c: " + what + " in an interrupt");
    }
}
