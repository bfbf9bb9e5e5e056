package org.jkasan.mm;

import java.nio.ByteBuffer;
import org.jkasan.report.CallSite;

/**
 * Virtually contiguous kernel memory. What is allocated is an address, a buffer or an array, as the
 * caller asks; failure is the kernel's: 0 or null, and a warning in the kernel's log. So it is for
 * a size of 0, for one larger than RAM, and where the address space is exhausted even after a
 * purge.
 *
 * <p>Every object has an area of its own: whole pages, of which the first byte is the object's
 * first, and one guard page behind them. A freed area is unmapped at once; its addresses are used
 * again only after a purge. Thread-safe.
 *
 * <p>Source: mm/vmalloc.c.
 */
public final class Vmalloc extends VmallocArrays {

    /** x86-64's alignment of what user space maps as well. */
    private static final long SHMLBA = MemoryLayout.PAGE_SIZE;

    private final VmallocSpaces spaces;
    private final AreaRequests requests;
    private final HugeAreas huge;
    private final KernelArrays arrays;
    private final KernelBuffers buffers;
    private final AreaResizer resizer;
    private final KernelLog log;

    Vmalloc(VmallocSpaces spaces, KernelArrays arrays, KernelLog log) {
        super(spaces.vmalloc().requests(), arrays);
        VmallocSpace space = spaces.vmalloc();
        this.spaces = spaces;
        this.requests = space.requests();
        this.huge = space.huge();
        this.arrays = arrays;
        this.buffers = space.buffers();
        this.resizer = new AreaResizer(space, log);
        this.log = log;
    }

    /**
     * Allocates memory that holds whatever was there.
     *
     * @param size bytes, unsigned
     * @return its kernel address, the start of a page; 0 on failure
     */
    public long vmalloc(long size) {
        return vmalloc(size, null);
    }

    /** What rewritten code calls instead, with the place where it does; so are all the others. */
    public long vmalloc(long size, CallSite caller) {
        return vmallocNodeRange(request(size), caller);
    }

    /** Allocates as {@link #vmalloc} does, and sets the memory to zero. */
    public long vzalloc(long size) {
        return vzalloc(size, null);
    }

    public long vzalloc(long size, CallSite caller) {
        return vmallocNodeRange(request(size).zeroed(), caller);
    }

    /** Allocates zeroed memory that may be mapped to user space: vmalloc_user. */
    public long vmallocUser(long size) {
        return vmallocNodeRange(request(size).aligned(SHMLBA).zeroed().flagged(VmFlags.USERMAP));
    }

    /** Allocates memory whose pages lie below 4 GiB of RAM: vmalloc_32. */
    public long vmalloc32(long size) {
        return vmallocNodeRange(request(size).with(Gfp.KERNEL.below4GiB()));
    }

    /** Allocates as {@link #vmalloc32} does what {@link #vmallocUser} allocates. */
    public long vmalloc32User(long size) {
        Gfp gfp = Gfp.KERNEL.below4GiB().zeroed();
        return vmallocNodeRange(request(size).aligned(SHMLBA).with(gfp).flagged(VmFlags.USERMAP));
    }

    /** Allocates as {@link #vmalloc} does from the memory of a NUMA node: 0 is the only one. */
    public long vmallocNode(long size, int node) {
        return vmallocNodeRange(request(size).onNode(node));
    }

    /** Allocates as {@link #vzalloc} does from the memory of a NUMA node: 0 is the only one. */
    public long vzallocNode(long size, int node) {
        return vmallocNodeRange(request(size).zeroed().onNode(node));
    }

    /**
     * Allocates as {@link #vmalloc} does, in pages of 2 MiB if so much is asked for: for large
     * objects whose pages are to lie together in RAM, as far as such pages are to be had.
     */
    public long vmallocHuge(long size) {
        return vmallocNodeRange(request(size).flagged(VmFlags.ALLOW_HUGE_VMAP));
    }

    /** Allocates as {@link #vmallocHuge} does from the memory of a NUMA node. */
    public long vmallocHugeNode(long size, int node) {
        return vmallocNodeRange(request(size).flagged(VmFlags.ALLOW_HUGE_VMAP).onNode(node));
    }

    /** The request that {@link #vmalloc} makes: anywhere in vmalloc space, at any page. */
    public VmallocRequest request(long size) {
        return requests.request(size);
    }

    /**
     * Allocates what is asked for: __vmalloc_node_range. An alignment that is no power of two, a
     * node that does not exist and a range outside vmalloc space fail with a warning as well, and a
     * request that must not block fails where only a purge would help.
     *
     * @return its kernel address; 0 on failure
     */
    public long vmallocNodeRange(VmallocRequest request) {
        return vmallocNodeRange(request, null);
    }

    public long vmallocNodeRange(VmallocRequest request, CallSite caller) {
        return requests.admits(request) ? huge.allocate(request.from(caller)) : 0;
    }

    /**
     * Gives an object another size: in place where its pages have room, otherwise elsewhere, with
     * its bytes copied and its old memory freed. What it grows by holds whatever was there.
     *
     * @param addr where the object is; 0 for a new one
     * @param size bytes, unsigned; 0 frees the object
     * @return where the object is now; 0 if it was freed, and on failure, which changes nothing
     */
    public long vrealloc(long addr, long size) {
        return vrealloc(addr, request(size));
    }

    /**
     * Resizes as {@link #vrealloc(long, long)} does: vrealloc_node_align. If what is asked for is
     * zeroed, so is what the object grows by. An object that is not where the alignment asks for is
     * not moved for its sake: a warning, and 0. Nor is one that is not there, nor what is no object
     * of vmalloc; an array cannot change its length, so its area keeps its size as well.
     */
    public long vrealloc(long addr, VmallocRequest request) {
        if (addr == 0) {
            return vmallocNodeRange(request);
        }
        if (request.size() == 0) {
            vfree(addr);
            return 0;
        }
        return requests.admits(request) ? resizer.resize(addr, request) : 0;
    }

    /**
     * Resizes as {@link #vrealloc(long, long)} does the object at a buffer's index 0, null being a
     * new one. What is returned takes the buffer's place: it covers all pages that are mapped, as
     * every buffer of vmalloc does. Buffers from before see the same memory where the object was
     * resized in place, with the capacity that they had; where it was moved, an access through one
     * is a use after free.
     *
     * @return a buffer; null if the object was freed, and on failure, which changes nothing
     * @throws IllegalArgumentException for a buffer on the Java heap
     */
    public ByteBuffer vrealloc(ByteBuffer buffer, long size) {
        long addr = buffer == null ? 0 : buffers.address(buffer);
        return fitsBuffer(size)
                ? buffer(vrealloc(addr, request(size).exposedToHost()), size)
                : null;
    }

    /**
     * Frees the area that contains a page's address, as the kernel does, a module's as well; 0 is
     * nothing. An address inside a page, and one where no area is, changes nothing and gives a
     * warning. A second free of an area that no purge has taken yet is reported by KASAN as well.
     * In an interrupt this is {@link #vfreeAtomic}.
     *
     * @throws org.jkasan.report.KasanError for a double free with {@code kasan.fault=throw}
     */
    public void vfree(long addr) {
        vfree(addr, null);
    }

    public void vfree(long addr, CallSite caller) {
        if (addr != 0) {
            frees(addr).vfree(addr, null, caller);
        }
    }

    private DeferredFrees frees(long addr) {
        return spaces.of(addr).frees();
    }

    /**
     * Frees as {@link #vfree(long)} does, but later, so that this may be called from anywhere.
     * Until then the object is there and accessible, except that its first 8 bytes are the
     * kernel's: they link the objects that wait. An address that cannot be freed is answered at
     * once.
     */
    public void vfreeAtomic(long addr) {
        vfreeAtomic(addr, null);
    }

    public void vfreeAtomic(long addr, CallSite caller) {
        if (addr != 0) {
            frees(addr).vfreeAtomic(addr, null, caller);
        }
    }

    /**
     * Allocates as {@link #vmalloc} does. The buffer is little endian and covers all mapped pages,
     * for that is what the hardware allows; only KASAN knows where the object ends. A slice or
     * duplicate is as good as the buffer itself, and none may be used after the kernel is closed.
     *
     * @param size bytes, at most what a buffer can have
     * @return a direct buffer, or null on failure
     */
    public ByteBuffer vmallocBuffer(long size) {
        return vmallocBuffer(size, null);
    }

    public ByteBuffer vmallocBuffer(long size, CallSite caller) {
        return fitsBuffer(size) ? buffer(request(size), caller) : null;
    }

    /** Allocates as {@link #vmallocBuffer} does, and sets the memory to zero. */
    public ByteBuffer vzallocBuffer(long size) {
        return vzallocBuffer(size, null);
    }

    public ByteBuffer vzallocBuffer(long size, CallSite caller) {
        return fitsBuffer(size) ? buffer(request(size).zeroed(), caller) : null;
    }

    private boolean fitsBuffer(long size) {
        boolean fits = Long.compareUnsigned(size, Integer.MAX_VALUE) <= 0;
        if (!fits) {
            log.print(
                    "vmalloc error: size "
                            + Long.toUnsignedString(size)
                            + ", exceeds what a buffer can have");
        }
        return fits;
    }

    private ByteBuffer buffer(VmallocRequest request, CallSite caller) {
        return buffer(vmallocNodeRange(request.exposedToHost(), caller), request.size());
    }

    private ByteBuffer buffer(long addr, long size) {
        return addr == 0 ? null : buffers.over(addr, MemoryLayout.pageAlign(size));
    }

    /**
     * Frees as {@link #vfree(long)} does, at the address of the buffer's index 0; null is nothing.
     *
     * @throws IllegalArgumentException for a buffer on the Java heap
     */
    public void vfree(ByteBuffer buffer) {
        vfree(buffer, null);
    }

    public void vfree(ByteBuffer buffer, CallSite caller) {
        if (buffer != null) {
            vfree(buffers.address(buffer), caller);
        }
    }

    /**
     * Frees the area of an array; null is nothing. Any other array gives a warning. An address in a
     * box and a buffer are what they are.
     *
     * @throws IllegalArgumentException for what is none of these
     */
    public void vfree(Object array) {
        vfree(array, null);
    }

    public void vfree(Object array, CallSite caller) {
        if (array instanceof Long addr) {
            vfree(addr.longValue(), caller);
        } else if (array instanceof ByteBuffer buffer) {
            vfree(buffer, caller);
        } else if (array != null) {
            freeArray(array, caller);
        }
    }

    private void freeArray(Object array, CallSite caller) {
        long addr = arrays.address(array);
        if (addr == 0) {
            String type = array.getClass().getTypeName();
            log.warn("Trying to vfree() nonexistent vm area (" + type + ")");
        } else {
            frees(addr).vfree(addr, array, caller);
        }
    }

    /** Whether an address lies in vmalloc space, be anything there or not: is_vmalloc_addr. */
    public boolean isVmallocAddr(long addr) {
        spaces.requireOpen();
        return spaces.vmalloc().window().contains(addr);
    }

    /**
     * The kernel address of a buffer's index 0; 0 if that is not in vmalloc space.
     *
     * @throws IllegalArgumentException for a buffer on the Java heap
     */
    public long addressOf(ByteBuffer buffer) {
        long addr = buffers.address(buffer);
        return isVmallocAddr(addr) ? addr : 0;
    }

    /**
     * The kernel address of an array's first element; 0 if it has no area any more or never had.
     * Nothing is mapped there, for the array's data is in the Java heap.
     *
     * @throws IllegalArgumentException for what is no array of a primitive type
     */
    public long addressOf(Object array) {
        return array instanceof ByteBuffer buffer ? addressOf(buffer) : arrays.liveAddress(array);
    }

    /**
     * Reads memory as the kernel itself does for /proc/kcore, without an oops or a report: what is
     * not mapped, a device's, or not set up yet reads as zero. Memory that is freed meanwhile reads
     * as it was or as zero.
     *
     * @param addr any address
     * @param buf receives what is read, from index 0 on
     * @param count bytes
     * @return count; or 0, with the array as it was, if no memory in use lies in the range
     * @throws IndexOutOfBoundsException if the array has fewer than count bytes
     */
    public int vread(long addr, byte[] buf, int count) {
        return VmallocReader.read(spaces, addr, buf, count);
    }

    /**
     * Makes everything that was freed usable again, and gives its memory back: vm_unmap_aliases.
     */
    public void purge() {
        spaces.purge();
    }
}
