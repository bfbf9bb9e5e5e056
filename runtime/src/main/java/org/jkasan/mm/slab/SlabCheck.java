package org.jkasan.mm.slab;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/** Checks all caches, while nothing else happens: objects, lists, quarantine, shadow. */
public final class SlabCheck {

    private final SlabMemory memory;
    private final Shadow shadow;
    private final Consumer<String> violations;
    private final Map<Slab, BitSet> seen = new HashMap<>();

    private SlabCheck(SlabMemory memory, Shadow shadow, Consumer<String> violations) {
        this.memory = memory;
        this.shadow = shadow;
        this.violations = violations;
    }

    /**
     * Tells of everything that does not hold, in one sentence each.
     *
     * @param shadow the shadow, or null without KASAN
     */
    public static void check(SlabMemory memory, Shadow shadow, Consumer<String> violations) {
        SlabCheck check = new SlabCheck(memory, shadow, violations);
        SlabAllocator slabs = memory.allocator();
        slabs.quarantine().forEach((slab, index) -> check.expect(slab, index, Slab.QUARANTINED));
        slabs.caches().forEach(check::cache);
        slabs.table().forEach(check::slab);
        Map<KmemCache, Integer> counts = new HashMap<>();
        slabs.table().forEach(slab -> counts.merge(slab.cache, 1, Integer::sum));
        for (KmemCache cache : slabs.caches()) {
            int count = counts.getOrDefault(cache, 0);
            check.require(count == cache.stock().slabs(), cache + " has another count of slabs");
        }
    }

    private void cache(KmemCache cache) {
        require(cache.stock().free() >= 0, "a list of " + cache + " is broken");
        cache.stock().forEachFree((slab, index) -> expect(slab, index, Slab.FREE));
    }

    /** Each object is where its state says, once. */
    private void expect(Slab slab, int index, int state) {
        BitSet objects = seen.computeIfAbsent(slab, made -> new BitSet());
        require(!objects.get(index), at(slab, index) + " is in two lists");
        require(slab.state(index) == state, at(slab, index) + " is in a list of another state");
        objects.set(index);
    }

    private void slab(Slab slab) {
        BitSet objects = seen.getOrDefault(slab, new BitSet());
        for (int index = 0; index < slab.objects(); index++) {
            int state = slab.state(index);
            boolean listed = state == Slab.FREE || state == Slab.QUARANTINED;
            boolean live = state == Slab.LIVE || state == Slab.ENDING;
            require(
                    objects.get(index) == listed,
                    at(slab, index) + " is in a list, or not, wrongly");
            if (shadow != null) {
                shadow(slab, index, live);
            }
        }
    }

    private void shadow(Slab slab, int index, boolean live) {
        int size = slab.cache.objectSize();
        long start = memory.allocator().toHost(slab.address(index));
        long behind = start + (size + Shadow.GRANULE_SIZE - 1 & -Shadow.GRANULE_SIZE);
        byte first = shadow.load(start);
        if (!slab.cache.isTypesafeByRcu()) {
            require(first >= 0 == live, at(slab, index) + " is accessible, or not, wrongly");
        }
        for (long host = behind; host < start + slab.cache.stride(); host += Shadow.GRANULE_SIZE) {
            if (shadow.load(host) != ShadowByte.SLAB_REDZONE) {
                violations.accept(at(slab, index) + " has a hole in its redzone");
                return;
            }
        }
    }

    private static String at(Slab slab, int index) {
        return "object " + Long.toHexString(slab.address(index)) + " of " + slab.cache;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            violations.accept(otherwise);
        }
    }
}
