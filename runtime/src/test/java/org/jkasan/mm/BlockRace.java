package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The last mapping of a vmap block ends, and a purge looks at it, while its last pages are taken
 * and given back. One of them all is told that the block is dead, and so it is freed once.
 *
 * <p>Guards the second look under the monitor in {@link VmapBlock#reserve} and {@link
 * VmapBlock#purge}, and the monitor in {@link VmapBlock#release}: without one of them pages are
 * taken of a dead block, or two free it, or nobody.
 */
@JCStressTest
@State
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "freed once")
@Outcome(expect = Expect.FORBIDDEN, desc = "freed twice, or never")
public class BlockRace {

    private static final int BLOCKS = 16;
    private static final int PAGES = 4;
    private static final int COUNT = 2;

    private final VmapBlockQueue queue = new VmapBlockQueue();
    private final VmapBlock[] blocks = new VmapBlock[BLOCKS];
    private final int[] ends = new int[BLOCKS];
    private final int[] otherEnds = new int[BLOCKS];

    /** With blocks whose first half is taken. */
    public BlockRace() {
        for (int i = 0; i < BLOCKS; i++) {
            long size = (long) PAGES * TestMachine.PAGE;
            long start = TestMachine.START + i * size;
            blocks[i] = new VmapBlock(new VmapArea(start, start + size), queue);
            blocks[i].reserve(COUNT);
            queue.add(blocks[i]);
        }
    }

    @Actor
    public void unmap() {
        for (int i = 0; i < BLOCKS; i++) {
            ends[i] += blocks[i].release(0, COUNT) ? 1 : 0;
            ends[i] += blocks[i].purge(true) ? 1 : 0;
        }
    }

    @Actor
    public void map() {
        for (int i = 0; i < BLOCKS; i++) {
            int page = blocks[i].reserve(COUNT);
            if (page != VmapBlock.NONE) {
                otherEnds[i] += blocks[i].release(page, COUNT) ? 1 : 0;
            }
        }
    }

    /** The least and the most that a block was freed, where none is in the queue. */
    @Arbiter
    public void after(II_Result r) {
        r.r1 = queue.free().isEmpty() ? BLOCKS : -1;
        for (int i = 0; i < BLOCKS; i++) {
            int all = ends[i] + otherEnds[i];
            r.r1 = Math.min(r.r1, all);
            r.r2 = Math.max(r.r2, all);
        }
    }
}
