package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;

/** All areas that were carved out of the free tree, by their addresses. */
final class VmapZones {

    /*
     *   addresses    | 64 KiB | 64 KiB | 64 KiB | 64 KiB | ...
     *   tree            0        1        0        1
     *
     * An area is in the tree of the zone in which it starts, and may reach into others: so a search
     * begins with the zone of the address and goes through the trees backwards, as the kernel's does.
     *
     * Areas stay while they wait for a purge or for their next use, so allocating and freeing, as
     * long as pools serve them, change no tree. Look-ups then are optimistic reads, which write
     * nothing that another CPU reads: they walk a tree that may change under them, no further than
     * a sound tree is deep, and believe what they found if it did not.
     *
     * Source: the busy trees of the nodes of Linux 6.9.
     */

    private static final int ZONE_SHIFT = 16;

    private static final int ATTEMPTS = 3;

    private static final class Zone {
        final StampedLock lock = new StampedLock();
        final VmapTree tree = new VmapTree();
    }

    private final Zone[] zones;

    /** So many trees, a power of two. */
    VmapZones(int count) {
        zones = new Zone[count];
        for (int i = 0; i < count; i++) {
            zones[i] = new Zone();
        }
    }

    private int zone(long addr) {
        return (int) (addr >>> ZONE_SHIFT) & zones.length - 1;
    }

    void insert(VmapArea area) {
        Zone zone = zones[zone(area.start)];
        long stamp = zone.lock.writeLock();
        try {
            zone.tree.insert(area);
        } finally {
            zone.lock.unlockWrite(stamp);
        }
    }

    void unlink(VmapArea area) {
        Zone zone = zones[zone(area.start)];
        long stamp = zone.lock.writeLock();
        try {
            zone.tree.unlink(area);
        } finally {
            zone.lock.unlockWrite(stamp);
        }
    }

    /** The area that contains an address, or null. */
    VmapArea find(long addr) {
        int first = zone(addr);
        for (int i = 0; i < zones.length; i++) {
            Zone zone = zones[first - i & zones.length - 1];
            long stamp = zone.lock.tryOptimisticRead();
            VmapArea area = stamp == 0 ? null : zone.tree.glimpse(addr);
            if (stamp == 0 || !zone.lock.validate(stamp)) {
                area = findLocked(zone, addr);
            }
            if (area != null) {
                return area;
            }
        }
        return null;
    }

    private static VmapArea findLocked(Zone zone, long addr) {
        long stamp = zone.lock.readLock();
        try {
            return zone.tree.find(addr);
        } finally {
            zone.lock.unlockRead(stamp);
        }
    }

    /** The area that contains an address; null if there is none, or not without waiting. */
    VmapArea tryFind(long addr) {
        int first = zone(addr);
        for (int i = 0; i < zones.length; i++) {
            Zone zone = zones[first - i & zones.length - 1];
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                long stamp = zone.lock.tryOptimisticRead();
                VmapArea area = stamp == 0 ? null : zone.tree.glimpse(addr);
                if (stamp != 0 && zone.lock.validate(stamp)) {
                    if (area != null) {
                        return area;
                    }
                    break;
                }
            }
        }
        return null;
    }

    /** The lowest area that ends above an address, live or not; null if there is none. */
    AreaView following(long addr) {
        AreaView lowest = null;
        for (Zone zone : zones) {
            long stamp = zone.lock.readLock();
            try {
                VmapArea area = zone.tree.find(addr);
                area = area == null ? zone.tree.ceiling(addr) : area;
                if (area != null
                        && (lowest == null
                                || Long.compareUnsigned(area.start, lowest.start()) < 0)) {
                    lowest = AreaView.of(area);
                }
            } finally {
                zone.lock.unlockRead(stamp);
            }
        }
        return lowest;
    }

    /** All areas there are at one moment, in no order: no tree changes meanwhile. */
    List<AreaView> snapshot() {
        List<AreaView> areas = new ArrayList<>();
        long[] stamps = new long[zones.length];
        for (int i = 0; i < zones.length; i++) {
            stamps[i] = zones[i].lock.readLock();
        }
        try {
            for (Zone zone : zones) {
                VmapTree tree = zone.tree;
                for (VmapArea area = tree.first(); area != null; area = tree.next(area)) {
                    areas.add(AreaView.of(area));
                }
            }
        } finally {
            for (int i = 0; i < zones.length; i++) {
                zones[i].lock.unlockRead(stamps[i]);
            }
        }
        return areas;
    }

    /** Runs something with every area, tree by tree, while the tree cannot change. */
    void forEach(Consumer<VmapArea> action) {
        for (Zone zone : zones) {
            long stamp = zone.lock.writeLock();
            try {
                VmapTree tree = zone.tree;
                for (VmapArea area = tree.first(); area != null; area = tree.next(area)) {
                    action.accept(area);
                }
            } finally {
                zone.lock.unlockWrite(stamp);
            }
        }
    }

    /** Tells of every violation, in one sentence each. */
    void check(Consumer<String> violations) {
        for (int i = 0; i < zones.length; i++) {
            VmapTree tree = zones[i].tree;
            TreeCheck.check(tree, "zone " + i, violations);
            for (VmapArea area = tree.first(); area != null; area = tree.next(area)) {
                if (zone(area.start) != i) {
                    violations.accept(hex(area.start) + " is in the tree of another zone, " + i);
                }
            }
        }
    }
}
