package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class VmapTreeProperties {

    @Property(tries = 60)
    void lookups_agreeWithASortedMap(@ForAll long seed) {
        Random random = new Random(seed);
        VmapTree tree = new VmapTree();
        TreeMap<Long, VmapArea> oracle = new TreeMap<>(Long::compareUnsigned);
        for (int step = 0; step < 400; step++) {
            // Around the sign bit, where a signed comparison would go wrong.
            long start = Long.MIN_VALUE + (random.nextInt(200) - 100) * 10L;
            if (random.nextBoolean() && !oracle.containsKey(start)) {
                VmapArea area = new VmapArea(start, start + 1 + random.nextInt(10));
                tree.insert(area);
                oracle.put(start, area);
            } else if (oracle.containsKey(start)) {
                tree.unlink(oracle.remove(start));
            }
            long addr = start + random.nextInt(10);
            assertThat(tree.floor(addr)).isSameAs(value(oracle.floorEntry(addr)));
            assertThat(tree.ceiling(addr)).isSameAs(value(oracle.higherEntry(addr)));
            VmapArea found = tree.find(addr);
            assertThat(found == null || found.contains(addr)).isTrue();
            List<String> violations = new ArrayList<>();
            TreeCheck.check(tree, "test", violations::add);
            assertThat(violations).isEmpty();
        }
        List<VmapArea> inOrder = new ArrayList<>();
        for (VmapArea area = tree.first(); area != null; area = tree.next(area)) {
            inOrder.add(area);
        }
        assertThat(inOrder).containsExactlyElementsOf(oracle.values());
    }

    @Example
    void overlap_isABrokenBookkeeping() {
        VmapTree tree = new VmapTree();
        tree.insert(new VmapArea(100, 200));
        assertThatThrownBy(() -> tree.insert(new VmapArea(150, 250)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("vmalloc bug");
        assertThatThrownBy(() -> tree.insert(new VmapArea(50, 101)))
                .isInstanceOf(IllegalStateException.class);
        FreeVmapTree free = FreeVmapTree.wholeAddressSpace();
        assertThatThrownBy(() -> free.merge(new VmapArea(50, 101)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Example
    void treeCheck_seesWhatIsBroken() {
        VmapTree tree = new VmapTree();
        for (int i = 0; i < 10; i++) {
            tree.insert(new VmapArea(i * 10, i * 10 + 5));
        }
        tree.first().red = !tree.first().red;
        tree.root().start = 95;
        List<String> violations = new ArrayList<>();
        TreeCheck.check(tree, "broken", violations::add);
        assertThat(violations).hasSizeGreaterThan(2);
    }

    private static VmapArea value(Map.Entry<Long, VmapArea> entry) {
        return entry == null ? null : entry.getValue();
    }
}
