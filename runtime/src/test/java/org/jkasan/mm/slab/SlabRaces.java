package org.jkasan.mm.slab;

/** What the races of slabs are about. */
final class SlabRaces {

    /** So many bytes that a few fill a CPU's quarantine. */
    private static final int LARGE = 512 << 10;

    /** A cache of large objects, whose kernel is gone. */
    static final KmemCache CACHE = cache();

    private SlabRaces() {}

    private static KmemCache cache() {
        try (SlabMachine machine = new SlabMachine(1)) {
            return machine.memory.create("large", LARGE);
        }
    }

    /** A slab without memory, whose first object is in a state. */
    static Slab slab(int state) {
        Slab slab = new Slab(CACHE, 0, 0);
        slab.move(0, Slab.FREE, state);
        return slab;
    }
}
