package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmapNodeTest {

    private static final long START = 0xffffc90000000000L;
    private static final int AREAS = 10;
    private static final int PAGES = 2;

    private final VmapNode node = new VmapNode();

    private void retireAll() {
        long size = PAGES * MemoryLayout.PAGE_SIZE;
        for (int i = 0; i < AREAS; i++) {
            node.retire(new VmapArea(START + i * size, START + (i + 1) * size));
        }
    }

    @Test
    void recycling_fillsThePoolWithTheOldest() {
        retireAll();
        node.tryRecycle(12, area -> true);
        assertThat(node.pooledPages()).isEqualTo(12);
        assertThat(node.waitingPages()).isEqualTo(8);
    }

    @Test
    void recycling_ofFewAmongMany_isLeftToThePurge() {
        retireAll();
        node.tryRecycle(9, area -> true);
        assertThat(node.pooledPages()).isZero();
        assertThat(node.waitingPages()).isEqualTo(AREAS * PAGES);
    }
}
