package org.jkasan.mm.slab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jkasan.report.Track;

/**
 * Blocks of pages that kmalloc handed out as one object, by their addresses: who allocated them
 * and, of the last ones freed, who freed them. The kernel keeps neither. Thread-safe.
 */
final class LargeObjects {

    /** One of them; freed is null while it is live. */
    record Large(long size, long blockBytes, Track allocated, Track freed) {}

    private static final int REMEMBERED = 1024;

    private final Map<Long, Large> live = new ConcurrentHashMap<>();

    private final Map<Long, Large> freed =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Large> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** Notes that a block is live, or has another size. */
    void put(long addr, long size, long blockBytes, Track allocated) {
        live.put(addr, new Large(size, blockBytes, allocated, null));
        synchronized (freed) {
            freed.remove(addr);
        }
    }

    /** Ends the life of a block; null if none is live there. */
    Large end(long addr, Track track) {
        Large large = live.remove(addr);
        if (large != null) {
            synchronized (freed) {
                freed.put(addr, new Large(large.size, large.blockBytes, large.allocated, track));
            }
        }
        return large;
    }

    /** The live block at an address, or null. */
    Large live(long addr) {
        return live.get(addr);
    }

    /** The block at an address that was freed and is still remembered, or null. */
    Large freed(long addr) {
        synchronized (freed) {
            return freed.get(addr);
        }
    }

    /** Runs something with every live block and its address. */
    void forEach(BiConsumer<Long, Large> action) {
        live.forEach(action);
    }

    int count() {
        return live.size();
    }
}
