package org.jkasan.mm;

import java.util.List;

/** The edges of freed ranges by the founding commit's rule, for pages of data and of shadow. */
final class ReclaimedEdges implements Edges {

    private final List<Reclaim> reclaims;

    ReclaimedEdges(Reclaim... reclaims) {
        this.reclaims = List.of(reclaims);
    }

    @Override
    public VmapArea due(VmapArea range, FreeBlock free) {
        VmapArea due = null;
        for (Reclaim reclaim : reclaims) {
            ReleaseRange units = reclaim.shared(range, free);
            if (!units.isEmpty()) {
                due = due == null ? new VmapArea(units.start(), units.end()) : join(due, units);
            }
        }
        return due;
    }

    /** Both lie around what the range has in whole units, or in the one unit that holds it. */
    private static VmapArea join(VmapArea due, ReleaseRange units) {
        long start = unsignedMin(due.start, units.start());
        long end = -unsignedMin(-due.end, -units.end());
        return new VmapArea(start, end);
    }

    private static long unsignedMin(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? a : b;
    }

    @Override
    public void release(VmapArea range, VmapArea claimed) {
        for (Reclaim reclaim : reclaims) {
            reclaim.edges(range, claimed);
        }
    }
}
