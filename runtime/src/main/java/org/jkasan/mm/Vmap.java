package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Pages of RAM at further addresses, one behind the other whatever their page frame numbers: what
 * is written at one address of a page is read at all others, the direct map's among them. KASAN
 * watches each mapping by itself, so that a page which was freed can still be accessed through a
 * mapping, as in the kernel. Thread-safe.
 *
 * <p>Every mapping is an area of its own in vmalloc space, with a guard page behind it. It takes no
 * page of RAM but for its shadow. On the host it takes a mapping for each run of neighbouring
 * pages, of which a process may have 65,530 on Linux (vm.max_map_count).
 *
 * <p>Source: vmap, vunmap and vmalloc_to_page of mm/vmalloc.c.
 */
public final class Vmap {

    private final VmallocSpaces spaces;
    private final AreaRequests requests;
    private final AreaAllocator areas;
    private final PageBinder binder;
    private final KernelBuffers buffers;
    private final PageFrames frames;
    private final KernelLog log;

    Vmap(VmallocSpaces spaces, PageFrames frames, KernelLog log) {
        VmallocSpace space = spaces.vmalloc();
        this.spaces = spaces;
        this.requests = space.requests();
        this.areas = space.allocator();
        this.binder = space.binder();
        this.buffers = space.buffers();
        this.frames = frames;
        this.log = log;
    }

    /** Maps pages as {@link #vmap(long[], int, int)} does, all of them and with no other flag. */
    public long vmap(long... pfns) {
        return vmap(pfns, pfns.length, VmFlags.MAP);
    }

    /**
     * Maps pages. They stay the caller's, unless {@link VmFlags#MAP_PUT_PAGES} hands them over to a
     * later vfree. {@link VmFlags#NO_GUARD} is ignored with a warning; {@link
     * VmFlags#FLUSH_RESET_PERMS} and a page that RAM does not have are refused with one.
     *
     * @param pfns the pages' frame numbers, in the order of their new addresses
     * @param count how many of them, unsigned
     * @param flags of {@link VmFlags}; MAP is implied
     * @return the kernel address of the first; 0 for a count of 0 or of more pages than RAM has,
     *     and where address space, RAM for the shadow or the host's mappings are used up; in an
     *     interrupt, with a warning
     * @throws IllegalArgumentException for a count of more than there are frame numbers
     * @throws org.jkasan.host.HostMemoryException on a host with pages larger than 4 KiB, which can
     *     map no single page of the kernel
     */
    public long vmap(long[] pfns, int count, int flags) {
        return vmap(pfns, count, flags, false);
    }

    private long vmap(long[] pfns, int count, int flags, boolean exposed) {
        binder.prepare();
        if ((flags & VmFlags.FLUSH_RESET_PERMS) != 0) {
            log.warn("vmap: VM_FLUSH_RESET_PERMS is for memory that vmalloc allocates");
            return 0;
        }
        if ((flags & VmFlags.NO_GUARD) != 0) {
            log.warn("vmap: VM_NO_GUARD is ignored, every mapping has a guard page");
        }
        if (!requests.maySleep("vmap")
                || count == 0
                || Integer.toUnsignedLong(count) > frames.total()) {
            return 0;
        }
        if (count > pfns.length) {
            throw new IllegalArgumentException(
                    "A count of "
                            + count
                            + " needs as many page frame numbers, not "
                            + pfns.length
                            + "; pass all of them.");
        }
        long[] mapped = Arrays.copyOf(pfns, count);
        if (!areInRam(mapped)) {
            return 0;
        }
        VmallocRequest request =
                requests.request((long) count << PAGE_SHIFT)
                        .withFlags(flags & ~VmFlags.NO_GUARD | VmFlags.MAP);
        return map(mapped, exposed ? request.exposedToHost() : request);
    }

    private boolean areInRam(long[] pfns) {
        for (long pfn : pfns) {
            if (!frames.isFrame(pfn)) {
                log.warn("vmap: page frame " + pfn + " is not in RAM");
                return false;
            }
        }
        return true;
    }

    private long map(long[] pfns, VmallocRequest request) {
        return areas.map(
                request, pfns, VmStruct.ofCallersPages(request, areas.track(request.caller())));
    }

    /**
     * Maps pages as {@link #vmap(long...)} does.
     *
     * @return a little-endian buffer over all of them, which must not be used after {@link
     *     #vunmap(ByteBuffer)} nor after the kernel is closed; null on failure, and for more pages
     *     than a buffer can have
     */
    public ByteBuffer vmapBuffer(long... pfns) {
        long bytes = (long) pfns.length << PAGE_SHIFT;
        if (bytes > Integer.MAX_VALUE) {
            log.print("vmap: size " + bytes + ", exceeds what a buffer can have");
            return null;
        }
        long addr = vmap(pfns, pfns.length, VmFlags.MAP, true);
        return addr == 0 ? null : buffers.over(addr, bytes);
    }

    /**
     * Ends a mapping; its pages are left alone, whoever owns them. 0 is nothing. An address inside
     * a page, and one where no area is, changes nothing and gives a warning; a second vunmap of a
     * mapping that no purge has taken yet is reported by KASAN as well. In an interrupt it warns
     * and changes nothing.
     *
     * <p>Of memory that vmalloc allocated, the pages that {@link #vmallocToPage} has named are the
     * caller's to free from then on; the others are freed, for nobody could know them.
     *
     * @throws org.jkasan.report.KasanError for a second vunmap with {@code kasan.fault=throw}
     */
    public void vunmap(long addr) {
        if (addr != 0 && requests.maySleep("vunmap")) {
            spaces.of(addr).allocator().unmap(addr);
        }
    }

    /** Ends a mapping as {@link #vunmap(long)} does, at the buffer's index 0; null is nothing. */
    public void vunmap(ByteBuffer buffer) {
        if (buffer != null) {
            vunmap(buffers.address(buffer));
        }
    }

    /**
     * The page that an address of vmalloc space or of the module area is in: vmalloc_to_page.
     *
     * <p>Pages that were mapped, and those of {@link Vmalloc#vmallocUser}, {@link
     * Vmalloc#vmalloc32} and whatever is requested with {@link VmFlags#DMA_COHERENT}, have a frame
     * from the start. Other memory of vmalloc gets its frames when it is first asked for one, all
     * pages of an area at once, and its data moves there: <em>that first call must not race with
     * stores to the area, which may be lost</em>; loads may go on. Afterwards the memory is what it
     * would be had it had frames from the start, and vfree frees them.
     *
     * @return its page frame number; {@link PageFrames#NO_PAGE} where nothing is mapped, as at a
     *     guard page, and for an array, whose data is in the Java heap
     * @throws org.jkasan.host.HostMemoryException where the host refuses to map frames; nothing is
     *     lost then
     */
    public long vmallocToPage(long addr) {
        return spaces.of(addr).frames().pfn(addr);
    }
}
