package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jkasan.host.RawMemory;
import org.jkasan.report.CallSite;

/** The frees of areas, those at once and those that have to wait: vfree and vfree_atomic. */
final class DeferredFrees {

    /*
     *   CPU 0   head -> [next| object    |g] -> [next| object |g] -> [0| object |g]
     *   CPU 1   head -> 0
     *
     * In an interrupt an area cannot be unmapped and purged, so it waits in a list of its CPU, still
     * mapped and open, until a worker has time. The first of a list calls the worker. The list needs
     * no memory of its own: each area's first 8 bytes are the address of the next one.
     *
     * The kernel puts whatever address it is given into the list. One that is freed twice links the
     * list to itself or cuts it off; one that is not mapped faults; and what is wrong comes out in
     * the worker, whose stack says nothing. Here an area is claimed before it is put in, as by any
     * free, and who claims it is the only one. So nothing is in a list twice, whatever cannot be
     * freed is answered on the spot, with the stack of whoever is wrong, and a second free is
     * reported with the stack of the first.
     *
     * Nor does the worker follow what the memory says: the areas are linked as well, as those that
     * wait for a purge are. Where the two disagree, somebody has written to a freed object; that is
     * told, and nothing is lost. The area of an array has no memory, so it has no node.
     *
     * A list only grows by one or is taken as a whole, so there is no ABA.
     *
     * Source: vfree_atomic and vfree_deferred of mm/vmalloc.c.
     */

    private final Interrupts interrupts;
    private final AreaAllocator allocator;
    private final Cpus cpus;
    private final DeferredWork work;
    private final KernelWindow window;
    private final VmallocKasan kasan;
    private final KernelLog log;
    private final AtomicReferenceArray<VmapArea> heads;

    DeferredFrees(
            VmallocMachine machine,
            KernelWindow window,
            VmallocKasan kasan,
            AreaAllocator allocator) {
        this.interrupts = machine.interrupts();
        this.cpus = machine.cpus();
        this.work = machine.work();
        this.log = machine.log();
        this.window = window;
        this.kasan = kasan;
        this.allocator = allocator;
        this.heads = new AtomicReferenceArray<>(cpus.count());
    }

    /**
     * Frees the area that contains a page's address, in an interrupt later.
     *
     * @param array whose area it must be, or null for any
     * @param caller who frees it; null if that is not known without the stack
     */
    void vfree(long addr, Object array, CallSite caller) {
        if (interrupts.inInterrupt()) {
            vfreeAtomic(addr, array, caller);
        } else {
            allocator.free(addr, array, caller);
        }
    }

    /** Frees later, wherever the caller is. */
    void vfreeAtomic(long addr, Object array, CallSite caller) {
        VmapArea area = allocator.claim(addr, array, caller);
        if (area == null) {
            return;
        }
        area.vm.queued = true;
        try {
            checkNode(area);
        } finally {
            add(area);
        }
    }

    /** An object that somebody has poisoned cannot take a node, as far as it would be its own. */
    private void checkNode(VmapArea area) {
        if (area.vm.isMapped()) {
            kasan.checkWrite(area.start, Math.min(Long.BYTES, area.vm.requestedSize()));
        }
    }

    private void add(VmapArea area) {
        int cpu = cpus.current();
        VmapArea head;
        do {
            head = heads.get(cpu);
            area.next = head;
            if (area.vm.isMapped()) {
                RawMemory.storeLong(window.toHost(area.start), address(head));
            }
        } while (!heads.compareAndSet(cpu, head, area));
        if (head == null) {
            work.schedule(() -> drain(cpu));
        }
    }

    private static long address(VmapArea area) {
        return area == null ? 0 : area.object();
    }

    private void drain(int cpu) {
        VmapArea area = heads.getAndSet(cpu, null);
        while (area != null) {
            VmapArea next = area.next;
            area.next = null;
            if (!hasNode(area, next)) {
                log.warn(
                        "vfree: "
                                + hex(area.object())
                                + " was written to between vfree_atomic() and the free itself");
            }
            area.vm.queued = false;
            allocator.release(area);
            area = next;
        }
    }

    private boolean hasNode(VmapArea area, VmapArea next) {
        return !area.vm.isMapped()
                || RawMemory.loadLong(window.toHost(area.start)) == address(next);
    }

    /**
     * Tells of every violation, while nothing else happens: exactly those of the areas that say so
     * wait here, each once and with a node.
     */
    void check(Collection<VmapArea> areas, Consumer<String> violations) {
        Set<VmapArea> listed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int cpu = 0; cpu < heads.length(); cpu++) {
            VmapArea area = heads.get(cpu);
            while (area != null && listed.add(area)) {
                if (!hasNode(area, area.next)) {
                    violations.accept(area + " waits to be freed without a node");
                }
                area = area.next;
            }
            if (area != null) {
                violations.accept(area + " waits to be freed twice");
            }
        }
        for (VmapArea area : areas) {
            VmStruct vm = area.vm;
            if (listed.remove(area) != (vm != null && vm.queued)) {
                violations.accept(area + " waits to be freed, or does not, unlike its state");
            }
        }
        if (!listed.isEmpty()) {
            violations.accept("an area waits to be freed that is in no table");
        }
    }
}
