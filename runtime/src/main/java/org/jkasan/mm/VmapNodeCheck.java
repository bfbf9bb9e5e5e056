package org.jkasan.mm;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;

/** Checks that every area which is not live is in exactly one list, the right one, and counted. */
final class VmapNodeCheck {

    private final Set<VmapArea> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<VmapArea> pooled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Consumer<String> violations;
    private long pages;

    private VmapNodeCheck(Consumer<String> violations) {
        this.violations = violations;
    }

    static void check(VmapTable table, VmapNode[] nodes, Consumer<String> violations) {
        VmapNodeCheck check = new VmapNodeCheck(violations);
        for (VmapNode node : nodes) {
            check.node(node);
        }
        table.forEach(check::area);
        check.expect(check.waiting.isEmpty(), "an area waits that is in no table");
        check.expect(check.pooled.isEmpty(), "a pool has an area that is in no table");
    }

    private void node(VmapNode node) {
        pages = 0;
        node.forEachWaiting(area -> add(waiting, area));
        expect(pages == node.waitingPages(), "the count of waiting pages is wrong");
        pages = 0;
        node.forEachPooled(area -> add(pooled, area));
        expect(pages == node.pooledPages(), "the count of pooled pages is wrong");
    }

    private void add(Set<VmapArea> list, VmapArea area) {
        expect(list.add(area), area + " is in a list twice");
        pages += area.pages();
    }

    private void area(VmapArea area) {
        VmStruct vm = area.vm;
        boolean inWaiting = waiting.remove(area);
        boolean inPool = pooled.remove(area);
        expect(inPool == (vm == null), area + " is in a pool, or is not, unlike its state");
        boolean ended = vm != null && !vm.isBacked();
        expect(inWaiting == ended, area + " waits, or does not, unlike its state");
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.accept(otherwise);
        }
    }
}
