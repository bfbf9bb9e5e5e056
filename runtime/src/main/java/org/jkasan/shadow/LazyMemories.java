package org.jkasan.shadow;

import java.util.Arrays;

/** All the memory that is poisoned lazily. Thread-safe; those who ask wait for nobody. */
final class LazyMemories {

    private static final LazyPoison[] NONE = {};

    private volatile LazyPoison[] memories = NONE;

    synchronized void register(LazyPoison memory) {
        LazyPoison[] more = Arrays.copyOf(memories, memories.length + 1);
        more[memories.length] = memory;
        memories = more;
    }

    synchronized void unregister(LazyPoison memory) {
        memories =
                Arrays.stream(memories).filter(known -> known != memory).toArray(LazyPoison[]::new);
    }

    /** The first poisoned address of [from, end), or end. */
    long firstPoisoned(long from, long end) {
        long first = end;
        for (LazyPoison memory : memories) {
            first = memory.firstPoisoned(from, first);
        }
        return first;
    }
}
