package org.jkasan.mm;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What belongs to one CPU of vmap blocks: those from which it makes mappings, and those, of
 * whatever CPU, whose addresses are looked up here. The kernel's vmap_block_queue.
 *
 * <p>The list of blocks with free pages is read without a lock while others change it, as the
 * kernel's is under RCU; its own lock is vbq->lock.
 */
final class VmapBlockQueue {

    private final CopyOnWriteArrayList<VmapBlock> free = new CopyOnWriteArrayList<>();
    private final Map<Long, VmapBlock> blocks = new ConcurrentHashMap<>();

    /** The blocks with free pages, oldest first, as they are at this moment. */
    List<VmapBlock> free() {
        return free;
    }

    void add(VmapBlock block) {
        free.add(block);
    }

    void remove(VmapBlock block) {
        free.remove(block);
    }

    boolean holds(VmapBlock block) {
        return free.contains(block);
    }

    /** The blocks that are looked up here, by their numbers. */
    Map<Long, VmapBlock> blocks() {
        return blocks;
    }
}
