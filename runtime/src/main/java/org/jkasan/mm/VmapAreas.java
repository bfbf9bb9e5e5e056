package org.jkasan.mm;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jkasan.report.Track;
import org.jkasan.report.VmallocRegion;

/**
 * The areas in use, those that were freed and wait for a purge, and those kept for their next use.
 */
final class VmapAreas {

    /*
     *        insert -> publish -> live -> claim -> ended -> retire -> waiting -> (purge)
     *                     ^                                                         |
     *                     +---------- take <------------ pooled <------ keep -------+
     *                                                                               |
     *                                             (free tree) <------- forget ------+
     *
     * Whoever claims an area owns its end. What it was used for stays known until the purge, so that
     * at every moment before that somebody who frees it again, or a report, finds it.
     *
     * A node for each CPU: on the way of an allocation from a pool, and of a free, there is nothing
     * that two nodes share. Nor is there when more waits than may: a node's own share of that is
     * looked at, and moved to its own pool, which has room for as much. Shares are equal, and those
     * of the CPUs that have freed something since the last purge of all: so a single one has all.
     * When one more begins to, the others have too much for a while, until it has filled its share
     * once. Only what finds no room takes a purge, and that is of the node alone: else a CPU that
     * frees much would take from the others what they are about to use again. For the same reason a
     * pool serves the CPU whose it is, unless somebody is at it.
     *
     * With a single node there are no pools, and every area is the lowest that fits, as in the kernel.
     */

    private static final int MOST_NODES = Byte.MAX_VALUE + 1;

    /** Nodes that an allocation asks before it goes to the free tree. */
    private static final int ASKED = 4;

    private final Cpus cpus;
    private final VmapTable table;
    private final VmapNode[] nodes;
    private final long lazyMaxPages;
    private volatile int active;

    /**
     * The areas in an empty table of a kernel with these CPUs, of which as many pages may wait as
     * in the kernel.
     */
    VmapAreas(VmapTable table, Cpus cpus) {
        this(table, cpus, LazyPurge.maxPages(cpus.count()));
    }

    /**
     * The areas in an empty table of a kernel with these CPUs, of which so many pages may wait for
     * a purge.
     */
    VmapAreas(VmapTable table, Cpus cpus, long lazyMaxPages) {
        this(table, cpus, nodes(cpus), lazyMaxPages);
    }

    /** The areas of a window in which each is the lowest that fits, whatever the CPUs. */
    static VmapAreas withoutPools(VmapTable table, Cpus cpus, long lazyMaxPages) {
        return new VmapAreas(table, cpus, 1, lazyMaxPages);
    }

    private static int nodes(Cpus cpus) {
        return Integer.highestOneBit(2 * Math.min(cpus.count(), MOST_NODES) - 1);
    }

    private VmapAreas(VmapTable table, Cpus cpus, int count, long lazyMaxPages) {
        this.cpus = cpus;
        this.lazyMaxPages = lazyMaxPages;
        this.table = table;
        this.nodes = new VmapNode[count];
        for (int i = 0; i < count; i++) {
            nodes[i] = new VmapNode();
        }
    }

    /** The number of the node of the CPU that the current thread runs on. */
    int home() {
        return cpus.current() & nodes.length - 1;
    }

    boolean hasPools() {
        return nodes.length > 1;
    }

    /**
     * Takes an area of so many pages, or a few more, out of the pool of its CPU, or, where somebody
     * else is at that, out of another; null if there is none at hand.
     */
    VmapArea take(long pages, long most, long align) {
        if (pages > VmapNode.MOST_PAGES || !hasPools()) {
            return null;
        }
        int home = home();
        for (int i = 0; i < Math.min(ASKED, nodes.length); i++) {
            VmapNode node = nodes[home + i & nodes.length - 1];
            boolean busy = node.isBusy();
            VmapArea area =
                    node.tryTake((int) pages, (int) Math.min(most, VmapNode.MOST_PAGES), align);
            if (area != null) {
                area.home = (byte) home;
                return area;
            }
            if (!busy) {
                return null;
            }
        }
        return null;
    }

    /** Takes note of an area that was carved out of the free tree. */
    void insert(VmapArea area) {
        area.home = (byte) home();
        table.insert(area);
    }

    /**
     * Ends the life of the area that contains an address.
     *
     * @param array whose area it must be, or null for any
     * @param freed who frees it, or null without KASAN
     * @return the area, which is the caller's to retire; null if none is live there
     */
    VmapArea claim(long addr, Object array, Track freed) {
        VmapArea area = table.find(addr);
        VmStruct vm = area == null ? null : area.vm;
        return vm != null && vm.isOf(array) && vm.end(freed) ? area : null;
    }

    /** Whether the area that contains an address, and is this array's if one is given, is freed. */
    boolean isFreed(long addr, Object array) {
        VmapArea area = table.find(addr);
        VmStruct vm = area == null ? null : area.vm;
        return vm != null && vm.isOf(array) && !vm.isLive();
    }

    /** The live area of an array whose address that would be, or null. */
    VmapArea liveArea(long addr, Object array) {
        VmapArea area = table.find(addr);
        VmStruct vm = area == null ? null : area.vm;
        return vm != null && vm.isOf(array) && vm.isLive() ? area : null;
    }

    /**
     * Puts a claimed area, which is unmapped by now, among those that wait for a purge.
     *
     * @return whether more wait in its node than may
     */
    boolean retire(VmapArea area) {
        VmapNode node = nodes[area.home];
        if (!node.isActive()) {
            activate(node);
        }
        return node.retire(area) > share();
    }

    /**
     * Has each node in which more waits than may keep that in its pool, as far as it has room.
     *
     * @param reusable which areas can be used again without a purge
     */
    void recycle(Predicate<VmapArea> reusable) {
        long share = share();
        if (share == 0 || !hasPools()) {
            return;
        }
        for (VmapNode node : nodes) {
            if (node.waitingPages() > share) {
                node.tryRecycle(share, reusable);
            }
        }
    }

    /** Pages that may wait in each node, and be kept in its pool. */
    private long share() {
        return lazyMaxPages / Math.max(active, 1);
    }

    private synchronized void activate(VmapNode node) {
        if (!node.isActive()) {
            node.setActive(true);
            active++;
        }
    }

    /** Lets those share that free something from now on, after a purge of all. */
    synchronized void deactivate() {
        for (VmapNode node : nodes) {
            node.setActive(false);
        }
        active = 0;
    }

    /** Whether more wait for a purge than may, or more are kept, in any of the nodes. */
    boolean isOverLimit() {
        long share = share();
        for (VmapNode node : nodes) {
            if (node.exceeds(share)) {
                return true;
            }
        }
        return false;
    }

    /** Pages that wait for a purge, guard pages among them. */
    long lazyPages() {
        long pages = 0;
        for (VmapNode node : nodes) {
            pages += node.waitingPages();
        }
        return pages;
    }

    /** All nodes. */
    List<VmapNode> nodes() {
        return List.of(nodes);
    }

    /** Those in which more waits for a purge than may, or more is kept. */
    List<VmapNode> overLimit() {
        long share = share();
        return Stream.of(nodes).filter(node -> node.exceeds(share)).toList();
    }

    /** Hands over all areas of nodes that wait for a purge, each of which is nobody's then. */
    void takeLazy(List<VmapNode> of, Consumer<VmapArea> taken) {
        for (VmapNode node : of) {
            VmapArea area = node.takeWaiting();
            while (area != null) {
                VmapArea next = area.next;
                area.next = null;
                taken.accept(area);
                area = next;
            }
        }
    }

    /** Takes areas out of nodes' pools, of each size one in so many, and those above the limit. */
    void decay(List<VmapNode> of, int share, Consumer<VmapArea> taken) {
        long most = share();
        for (VmapNode node : of) {
            node.decay(share, most, taken);
        }
    }

    /** Pages of areas in pools. */
    long pooledPages() {
        long pages = 0;
        for (VmapNode node : nodes) {
            pages += node.pooledPages();
        }
        return pages;
    }

    /** Puts an area whose purge is over into a pool; false if that has no room for it. */
    boolean keep(VmapArea area) {
        VmapNode node = nodes[area.home];
        long room = hasPools() ? share() - node.pooledPages() : 0;
        if (area.pages() > Math.min(room, VmapNode.MOST_PAGES)) {
            return false;
        }
        node.offer(area);
        return true;
    }

    /** Takes an area out that goes back to the free tree. */
    void forget(VmapArea area) {
        table.remove(area);
    }

    /** What a report says of the area that contains an address; null if none. */
    VmallocRegion describe(long addr) {
        VmapArea area = table.find(addr);
        VmStruct vm = area == null ? null : area.vm;
        return vm == null ? null : vm.region(area.start, addr);
    }

    /** The area that contains an address, whatever its state, or null. */
    VmapArea at(long addr) {
        return table.find(addr);
    }

    /** The lowest area that ends above an address, whatever its state; null if there is none. */
    AreaView following(long addr) {
        return table.following(addr);
    }

    /** All areas by their addresses, whatever their state. */
    List<AreaView> snapshot() {
        return table.snapshot();
    }

    /** Runs something with every area. */
    void forEach(Consumer<VmapArea> action) {
        table.forEach(action);
    }

    /** Tells of everything that does not hold, while nothing else happens, in one sentence each. */
    void check(Consumer<String> violations) {
        table.check(violations);
        VmapNodeCheck.check(table, nodes, violations);
    }
}
