package org.jkasan.mm;

/** Gives back what lies behind freed areas in whole units: pages of data, pages of shadow. */
final class Reclaim {

    /** Where whole units of kernel addresses are given back. */
    interface Target {

        /** Gives back [start, end), which nobody uses nor, until this returns, can begin to. */
        void release(long start, long end);
    }

    /** So that nobody waits long for a lock that the target takes. */
    private static final long UNITS_AT_A_TIME = 512;

    private final long unit;
    private final Target target;

    /** Units of so many bytes of kernel addresses, a power of two. */
    Reclaim(long unit, Target target) {
        this.unit = unit;
        this.target = target;
    }

    /** Gives back the units that lie in a range which only the caller owns. */
    void inside(long start, long end) {
        release(ReleaseRange.inside(start, end, unit));
    }

    /**
     * The units that an area touches and that are free, if some of them are shared with others and
     * so not given back by {@link #inside}; empty otherwise.
     */
    ReleaseRange shared(VmapArea area, FreeBlock free) {
        ReleaseRange all = ReleaseRange.of(area.start, area.end, free.start, free.end, unit);
        ReleaseRange inside = ReleaseRange.inside(area.start, area.end, unit);
        return all.size() > inside.size() ? all : new ReleaseRange(0, 0);
    }

    /**
     * Gives back the units that an area shares with others, where all of those are free: what
     * {@link ReleaseRange}'s rule adds to {@link #inside}, which is done. Nobody can use them
     * meanwhile.
     */
    void edges(VmapArea area, VmapArea free) {
        ReleaseRange all = ReleaseRange.of(area.start, area.end, free.start, free.end, unit);
        if (all.isEmpty()) {
            return;
        }
        ReleaseRange inside = ReleaseRange.inside(area.start, area.end, unit);
        if (inside.isEmpty()) {
            release(all);
        } else {
            release(new ReleaseRange(all.start(), inside.start()));
            release(new ReleaseRange(inside.end(), all.end()));
        }
    }

    private void release(ReleaseRange range) {
        long left = range.size();
        long start = range.start();
        while (left > 0) {
            long size = Math.min(left, unit * UNITS_AT_A_TIME);
            target.release(start, start + size);
            start += size;
            left -= size;
        }
    }
}
