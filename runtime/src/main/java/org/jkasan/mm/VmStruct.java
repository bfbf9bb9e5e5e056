package org.jkasan.mm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jkasan.host.RawMemory;
import org.jkasan.report.Track;
import org.jkasan.report.VmallocRegion;

/** What an area is used for, once: the kernel's vm_struct. */
class VmStruct {

    /*
     *   live <-> pinned
     *     |
     *     +----> ended
     *
     * One field says which. Who resizes pins first, so that nobody ends the use while the shadow is
     * opened, and nobody resizes what has ended; whoever finds a use pinned waits. A free of a live
     * use is one compare-and-set.
     */

    private static final VarHandle END = end();

    /** Who freed it where nobody keeps that. */
    private static final Object UNKNOWN = new Object();

    /** Nobody has freed it, and nobody can now. */
    private static final Object PINNED = new Object();

    /** Bytes that the caller asked for; written while it is pinned. */
    private long requestedSize;

    /** Its {@link VmFlags}. */
    final short flags;

    /** Pages of the area, the guard pages not among them; RAM has no more than an int can count. */
    final int pages;

    /** Whether it is an array's area, and has no data pages of its own. */
    private final boolean isArray;

    /**
     * The array whose area this is, as the table of tracked arrays has it; null until it is there.
     */
    private WeakReference<Object> array;

    /** Who allocated it, or null without KASAN. */
    final Track allocated;

    /** Whether its pages are the caller's, who had them mapped. */
    final boolean isVmap;

    /** How many of its pages have a page frame; written while it is pinned, or not yet known. */
    private int framed;

    /** log2 of the pages that are mapped at once: 0, or 9 for huge pages. */
    private byte pageOrder;

    /** Null or pinned while it is live; then, and for ever, who freed it. */
    private Object end;

    /** Whether it has ended and waits to be freed, mapped and open as it was. */
    boolean queued;

    /** Whether RAM had no pages for its shadow, so that it was never used. */
    boolean abandoned;

    VmStruct(long requestedSize, int flags, Track allocated) {
        this(requestedSize, flags, false, allocated, false);
    }

    VmStruct(long requestedSize, int flags, boolean isArray, Track allocated, boolean isVmap) {
        this.requestedSize = requestedSize;
        this.flags = (short) flags;
        this.pages = (int) (MemoryLayout.pageAlign(requestedSize) >>> MemoryLayout.PAGE_SHIFT);
        this.isArray = isArray;
        this.allocated = allocated;
        this.isVmap = isVmap;
    }

    /** The use of an area for pages that the caller has mapped there. */
    static VmStruct ofCallersPages(VmallocRequest request, Track allocated) {
        VmStruct vm = new VmStruct(request.size(), request.vmFlags(), false, allocated, true);
        vm.framed = vm.pages;
        return vm;
    }

    /** The use of an area for an array, which is still to be bound. */
    static VmStruct ofArray(VmallocRequest request, Track allocated) {
        return new VmStruct(request.size(), request.vmFlags(), true, allocated, false);
    }

    /** The use of an area for pages that are its own and have page frames from the start. */
    static VmStruct ofOwnFrames(VmallocRequest request, Track allocated) {
        VmStruct vm = new VmStruct(request.size(), request.vmFlags(), allocated);
        vm.framed = vm.pages;
        return vm;
    }

    /** The use of an area for huge pages, of which so many bytes were asked for. */
    static VmStruct ofHugePages(VmallocRequest whole, long requestedSize, Track allocated) {
        VmStruct vm = ofOwnFrames(whole, allocated);
        vm.requestedSize = requestedSize;
        vm.pageOrder = (byte) MemoryLayout.HUGE_ORDER;
        return vm;
    }

    private static VarHandle end() {
        try {
            return MethodHandles.lookup().findVarHandle(VmStruct.class, "end", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Whether it is still in use. */
    boolean isLive() {
        Object state = END.getAcquire(this);
        return state == null || state == PINNED;
    }

    /** Whether its pages are there and its object is accessible. */
    boolean isBacked() {
        return isLive() || queued;
    }

    /**
     * Ends the use. Of several that try, one does.
     *
     * @param freed who frees it, or null without KASAN
     * @return whether it was this caller
     */
    boolean end(Track freed) {
        return leaveLife(freed == null ? UNKNOWN : freed);
    }

    private boolean leaveLife(Object state) {
        Object seen = END.compareAndExchange(this, null, state);
        while (seen == PINNED) {
            Thread.yield();
            seen = END.compareAndExchange(this, null, state);
        }
        return seen == null;
    }

    /**
     * Keeps it from being ended or resized by others until it is unpinned; false if it has ended.
     */
    boolean pin() {
        return leaveLife(PINNED);
    }

    /**
     * What was written before, to memory and to shadow, is seen by all who see what comes after.
     */
    void unpin() {
        END.setVolatile(this, null);
    }

    /** Ends the use that the caller has pinned. */
    void endPinned(Track freed) {
        END.setVolatile(this, freed == null ? UNKNOWN : freed);
    }

    /** Bytes that the caller asked for; somebody may be changing them. */
    long requestedSize() {
        return requestedSize;
    }

    /** Takes note of the size of an object that the caller has pinned. */
    void resize(long size) {
        requestedSize = size;
    }

    /** Whether some of its pages have a page frame. */
    boolean hasFrames() {
        return framed != 0;
    }

    /** Takes note that so many more of its pages have a page frame. */
    void frame(int count) {
        framed += count;
    }

    /** Pages of RAM that are counted for it, and not for their page frames, while it is live. */
    long ownPages() {
        return pages - framed;
    }

    /** Pages over which frames are bound while it is live. */
    long boundPages() {
        return pages - ownPages();
    }

    /** Whether the page frames that it has are freed with it. */
    boolean ownsFrames() {
        return !isVmap || (flags & VmFlags.MAP_PUT_PAGES) != 0;
    }

    /** log2 of the pages that are mapped at once. */
    int pageOrder() {
        return pageOrder;
    }

    /** Whether the area has data pages, as all have but those of arrays. */
    boolean isMapped() {
        return !isArray;
    }

    /** Tells of the array, before anybody else can have it. */
    void bind(WeakReference<Object> tracked) {
        array = tracked;
        RawMemory.storeFence();
    }

    /** The array whose area it is; null if there is none, or not any more. */
    Object array() {
        return array == null ? null : array.get();
    }

    /** Whether a page of the area, counted from its start, is mapped while it is live. */
    boolean hasPage(long page) {
        return isMapped() && page < pages;
    }

    /** Pages that it came to own when it was set up: nr_pages. */
    long ownedFromTheStart() {
        return (flags & (VmFlags.ALLOC | VmFlags.MAP_PUT_PAGES)) == 0 ? 0 : pages;
    }

    /** Whether it is this array's, or any, if none is given. */
    boolean isOf(Object owner) {
        return owner == null || array != null && array.refersTo(owner);
    }

    /**
     * Bytes between the area's start and its object: a guard page in front of an array, whose index
     * can be negative, and nothing in front of what has addresses alone.
     */
    long front() {
        return isArray ? MemoryLayout.PAGE_SIZE : 0;
    }

    /** Bytes of the pages, the guard pages not among them: get_vm_area_size. */
    long bytes() {
        return (long) pages << MemoryLayout.PAGE_SHIFT;
    }

    /** How many bytes may be touched from so many behind the area's start on; not above 0: none. */
    long accessible(long offset) {
        long inObject = offset - front();
        return inObject < 0 ? 0 : requestedSize - inObject;
    }

    /**
     * What a report about an address in the area says of it; null if there is nothing to say.
     *
     * @param start of the area
     */
    VmallocRegion region(long start, long addr) {
        return region(start);
    }

    /** What a report says of the object in the area, or of the mapping, that begins there. */
    final VmallocRegion region(long start) {
        Track freed = END.getAcquire(this) instanceof Track track ? track : null;
        return new VmallocRegion(start + front(), requestedSize, pages, allocated, freed);
    }
}
