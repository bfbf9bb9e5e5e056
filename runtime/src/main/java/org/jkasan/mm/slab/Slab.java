package org.jkasan.mm.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jkasan.report.Track;

/** One slab of a cache: a compound page that is cut into objects, and what is known of each. */
final class Slab {

    /*
     *   alloc:  FREE -> LIVE      free:  LIVE -> ENDING -> QUARANTINED -> FREE
     *   mempool:  LIVE -> ASIDE -> LIVE
     *
     * The state of an object changes atomically, so of several that free it one does. Free objects
     * are in the list of their slab or in the stock of a CPU; that list and everything else here is
     * kept beside the memory, not in it: code that writes into freed objects or over redzones, which
     * goes on after its report, destroys no list and no track. Tracks are written by whoever owns the
     * object at that moment, and read by reports as they are.
     */

    static final int FREE = 0;
    static final int LIVE = 1;
    static final int QUARANTINED = 2;

    /** Claimed by who frees it, perhaps for as long as a grace period lasts. */
    static final int ENDING = 3;

    /** In the reserve of a mempool. */
    static final int ASIDE = 4;

    private static final VarHandle STATE = MethodHandles.arrayElementVarHandle(int[].class);

    final KmemCache cache;

    /** The kernel address of the first object. */
    final long start;

    /** The page frame number of the first page. */
    final long pfn;

    private final int[] states;
    private final Track[] allocated;
    private final Track[] freed;

    /** Of each object, who created work that is about it, last and before; made when needed. */
    private volatile Track[] works;

    private volatile AtomicReferenceArray<WeakReference<Object>> arrays;

    /** Free objects that are in no CPU's stock; with the count, under the cache's lock. */
    private final short[] list;

    private int listed;

    /** The neighbours in the cache's list of slabs with free objects; under its lock. */
    Slab next;

    Slab previous;

    Slab(KmemCache cache, long start, long pfn) {
        int objects = cache.layout().objects();
        this.cache = cache;
        this.start = start;
        this.pfn = pfn;
        this.states = new int[objects];
        this.allocated = new Track[objects];
        this.freed = new Track[objects];
        this.list = new short[objects];
        this.listed = objects;
        for (int i = 0; i < objects; i++) {
            list[i] = (short) (objects - 1 - i);
        }
    }

    int objects() {
        return states.length;
    }

    /** The address of an object. */
    long address(int index) {
        return start + (long) index * cache.layout().stride();
    }

    /**
     * The object that holds an address, or behind which it lies: nearest_obj. The rest behind the
     * last object is that one's.
     */
    int nearest(long addr) {
        int index = (int) ((addr - start) / cache.layout().stride());
        return Math.min(index, states.length - 1);
    }

    int state(int index) {
        return (int) STATE.getAcquire(states, index);
    }

    /** How many objects are in a state. */
    int count(int state) {
        int count = 0;
        for (int i = 0; i < states.length; i++) {
            count += state(i) == state ? 1 : 0;
        }
        return count;
    }

    /** Changes an object's state; false if it was another. */
    boolean move(int index, int from, int to) {
        return STATE.compareAndSet(states, index, from, to);
    }

    Track allocated(int index) {
        return allocated[index];
    }

    Track freed(int index) {
        return freed[index];
    }

    /** Notes who allocated an object: that ends what was known of its last life. */
    void allocated(int index, Track track) {
        Track[] stacks = works;
        if (stacks != null) {
            stacks[2 * index] = null;
            stacks[2 * index + 1] = null;
        }
        freed[index] = null;
        allocated[index] = track;
    }

    void freed(int index, Track track) {
        freed[index] = track;
    }

    /** Notes who created work that is about an object. */
    void created(int index, Track track) {
        Track[] stacks = works();
        stacks[2 * index + 1] = stacks[2 * index];
        stacks[2 * index] = track;
    }

    private synchronized Track[] works() {
        if (works == null) {
            works = new Track[2 * states.length];
        }
        return works;
    }

    /** Who created work that is about an object: last, for 0, or before, for 1; null if nobody. */
    Track created(int index, int before) {
        Track[] stacks = works;
        return stacks == null ? null : stacks[2 * index + before];
    }

    /** Notes that an object is this array's. */
    void own(int index, Object array) {
        if (arrays == null) {
            makeRoomForArrays();
        }
        arrays.set(index, new WeakReference<>(array));
    }

    private synchronized void makeRoomForArrays() {
        if (arrays == null) {
            arrays = new AtomicReferenceArray<>(states.length);
        }
    }

    /** Whether an object is this array's. */
    boolean isOf(int index, Object array) {
        WeakReference<Object> owner = arrays == null ? null : arrays.get(index);
        return owner != null && owner.refersTo(array);
    }

    /** Notes that an object is no array's any more. */
    void disown(int index) {
        if (arrays != null) {
            arrays.set(index, null);
        }
    }

    /** Runs something with every array that has an object here. */
    void forEachArray(Consumer<Object> action) {
        for (int i = 0; arrays != null && i < arrays.length(); i++) {
            WeakReference<Object> owner = arrays.get(i);
            Object array = owner == null ? null : owner.get();
            if (array != null) {
                action.accept(array);
            }
        }
    }

    /** Free objects in the list. */
    int listed() {
        return listed;
    }

    /** Takes an object out of the list, which is not empty. */
    int pop() {
        return list[--listed];
    }

    /** Puts a free object into the list. */
    void push(int index) {
        list[listed++] = (short) index;
    }

    /** Runs something with every object in the list. */
    void forEachListed(ObjectList.Action action) {
        for (int i = 0; i < listed; i++) {
            action.accept(this, list[i]);
        }
    }

    /** Whether all objects are in the list. */
    boolean isEmpty() {
        return listed == states.length;
    }
}
