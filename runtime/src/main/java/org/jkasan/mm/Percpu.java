package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jkasan.host.RawMemory;

/**
 * Memory of which every CPU has a copy of its own. What is allocated is a percpu pointer, which is
 * no address: {@link #perCpuPtr} makes a CPU's address of it, and an access to the pointer itself
 * is one to user memory. Thread-safe.
 *
 * <p>As in the kernel, KASAN makes the whole of a chunk accessible and does not poison the objects
 * in it one by one. It reports an access to a chunk that was freed. Behind a chunk there is no
 * guard page: an access there is reported where something was freed lately, reaches whatever is in
 * use there, and faults everywhere else.
 *
 * <p>The model's kernel has no static percpu variables and so no first chunk, which is there for
 * them from boot on: a kernel that allocates no percpu memory has no chunk, and one whose vmalloc
 * space is smaller than a chunk can have none.
 *
 * <p>Source: mm/percpu.c, mm/percpu-vm.c.
 */
public final class Percpu {

    /*
     *   percpu pointer -> + base ------------------> + unit size
     *                        |                          |
     *   chunk      [ unit of CPU 0   .   .   .][ unit of CPU 1   .   .   .][ ... )
     *
     * All units of a chunk are alike, and all chunks are, so one distance leads from a CPU's copy to
     * the next one's. Pages are mapped where an object needs them, in the units of all CPUs at once,
     * and stay until the chunk goes. A chunk that becomes empty goes, unless no other is.
     *
     * A percpu pointer is the distance from one atom below vmalloc space: never null, and too small to
     * be taken for a kernel address.
     *
     * This object's monitor is taken before the purge's lock and never inside a lock of vmalloc's.
     */

    private static final int WARNINGS = 10;

    private final Gate gate;
    private final PercpuAreas areas;
    private final PercpuLayout layout;
    private final KernelWindow window;
    private final KernelLog log;
    private final long pointerBase;

    /** By the address of the first unit, unsigned. */
    private final NavigableMap<Long, PercpuChunk> chunks = new TreeMap<>(Long::compareUnsigned);

    private int warningsLeft = WARNINGS;

    Percpu(VmallocSpace space, VmallocMachine machine) {
        this.gate = machine.gate();
        this.areas = new PercpuAreas(space, machine.ram(), machine.log());
        this.layout = PercpuLayout.of(machine.cpus().count());
        this.window = space.window();
        this.log = machine.log();
        this.pointerBase = window.start() - PercpuLayout.ATOM;
    }

    /** The CPUs that have a copy each, numbered from 0. */
    public int cpus() {
        return layout.cpus();
    }

    /**
     * Allocates an object for every CPU, set to zero: __alloc_percpu.
     *
     * @param size bytes of one, 1 to 32768
     * @param align a power of two, at most 4096, of which each one's address is a multiple
     * @return a percpu pointer; 0 on failure, after a warning
     */
    public long allocPercpu(long size, long align) {
        return allocPercpu(size, align, Gfp.KERNEL);
    }

    /**
     * Allocates as {@link #allocPercpu(long, long)} does: __alloc_percpu_gfp. One that must not
     * block finds room only where other objects have had pages mapped.
     */
    public synchronized long allocPercpu(long size, long align, Gfp gfp) {
        gate.pass();
        boolean legal =
                size > 0
                        && size <= PercpuLayout.MIN_UNIT_SIZE
                        && Long.bitCount(align) == 1
                        && align > 0
                        && align <= MemoryLayout.PAGE_SIZE;
        if (!legal) {
            if (!gfp.quiet()) {
                log.warn(illegal(size, align));
            }
            return 0;
        }
        // From the top, where the oldest are: those below become empty, and can go.
        for (PercpuChunk chunk : chunks.descendingMap().values()) {
            int offset =
                    chunk.map()
                            .allocate(
                                    (int) size,
                                    (int) align,
                                    gfp.mayBlock() ? layout.unitSize() : chunk.populated());
            if (offset >= 0) {
                return populate(chunk, offset, (int) size, (int) align, gfp);
            }
        }
        if (!gfp.mayBlock()) {
            return failed(size, align, gfp, "atomic alloc failed, no space left");
        }
        PercpuChunk chunk = PercpuChunk.create(areas, layout);
        if (chunk == null) {
            return failed(size, align, gfp, "failed to allocate new chunk");
        }
        chunks.put(chunk.base(), chunk);
        int offset = chunk.map().allocate((int) size, (int) align, layout.unitSize());
        return populate(chunk, offset, (int) size, (int) align, gfp);
    }

    private static String illegal(long size, long align) {
        return "illegal size ("
                + Long.toUnsignedString(size)
                + ") or align ("
                + Long.toUnsignedString(align)
                + ") for percpu allocation";
    }

    private long populate(PercpuChunk chunk, int offset, int size, int align, Gfp gfp) {
        if (!chunk.populate(offset + size)) {
            chunk.map().free(offset);
            dropIfEmpty(chunk);
            return failed(size, align, gfp, "failed to populate");
        }
        long host = window.toHost(chunk.base() + offset);
        for (int cpu = 0; cpu < layout.cpus(); cpu++) {
            RawMemory.fill(host + cpu * layout.unitSize(), size, (byte) 0);
        }
        RawMemory.storeFence(); // for whoever is handed the pointer through a race
        return chunk.base() + offset - pointerBase;
    }

    private long failed(long size, long align, Gfp gfp, String reason) {
        if (!gfp.quiet() && warningsLeft > 0) {
            log.print(
                    "percpu: allocation failed, size="
                            + size
                            + " align="
                            + align
                            + " atomic="
                            + (gfp.mayBlock() ? 0 : 1)
                            + ", "
                            + reason);
            warningsLeft--;
            if (warningsLeft == 0) {
                log.print("percpu: limit reached, disable warning");
            }
        }
        return 0;
    }

    /**
     * Frees what was allocated, for every CPU; 0 is nothing. A pointer to nothing, or to what was
     * freed, changes nothing and gives a warning, where the kernel would ruin a chunk.
     */
    public synchronized void freePercpu(long pointer) {
        if (pointer == 0) {
            return;
        }
        gate.pass();
        long addr = pointer + pointerBase;
        var entry = chunks.floorEntry(addr);
        PercpuChunk chunk = entry == null ? null : entry.getValue();
        boolean freed =
                chunk != null
                        && Long.compareUnsigned(addr - chunk.base(), layout.unitSize()) < 0
                        && chunk.map().free(addr - chunk.base());
        if (freed) {
            dropIfEmpty(chunk);
        } else {
            log.warn("Trying to free_percpu() nonexistent percpu area (" + hex(pointer) + ")");
        }
    }

    /** Keeps one empty chunk, for the next allocation: pcpu_balance_free. */
    private void dropIfEmpty(PercpuChunk chunk) {
        if (!chunk.map().isEmpty()) {
            return;
        }
        for (PercpuChunk other : chunks.values()) {
            if (other != chunk && other.map().isEmpty()) {
                chunks.remove(chunk.base());
                chunk.destroy();
                return;
            }
        }
    }

    /**
     * The kernel address of a CPU's copy: per_cpu_ptr. Of a pointer that was not allocated it is as
     * wrong as the pointer.
     *
     * @throws IllegalArgumentException for a CPU that does not exist
     */
    public long perCpuPtr(long pointer, int cpu) {
        if (cpu < 0 || cpu >= layout.cpus()) {
            throw new IllegalArgumentException(
                    "There is no CPU " + cpu + "; this kernel has CPU 0 to " + (cpus() - 1) + ".");
        }
        return pointer + pointerBase + cpu * layout.unitSize();
    }

    /** Pages of RAM in which the copies are: pcpu_nr_pages. */
    public synchronized long nrPages() {
        return chunks.values().stream().mapToLong(PercpuChunk::pages).sum();
    }

    /** Chunks, an empty one among them. */
    synchronized int chunks() {
        return chunks.size();
    }

    /** Tells of everything that does not hold, while nothing else happens, in one sentence each. */
    synchronized void check(Consumer<String> violations) {
        long empty = chunks.values().stream().filter(chunk -> chunk.map().isEmpty()).count();
        if (empty > 1) {
            violations.accept(empty + " percpu chunks are empty");
        }
        if (areas.inUse() != chunks.size()) {
            violations.accept(areas.inUse() + " percpu areas for " + chunks.size() + " chunks");
        }
        chunks.values().forEach(chunk -> chunk.check(violations));
    }
}
