package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lincheck runs two threads of random operations in many interleavings, one switch at a time. In
 * each, the structure answers as it would if the operations had happened one after the other.
 */
class LinearizabilityTest {

    /** No machine is needed here: Lincheck would look after all of its fields. */
    private static final long START = 0xffffc90000000000L;

    /**
     * More than any loop of these structures has rounds, which would pass for a deadlock. So would
     * ten seconds without a step, that is, a busy machine; they are made minutes below, by a method
     * that Lincheck has for Kotlin code of its own.
     */
    private static final int ROUNDS = 512;

    /** Of the areas here; a pool that has lists for larger ones takes as much longer to look at. */
    private static final int PAGES = 2;

    /*
     * Within these each has found a race that was planted in its structure. They take some 20 s of
     * CPU time for a structure: an interleaving 20 ms, and FreeSpace's 150, since a tree has many
     * fields and each access to one is a place to switch at.
     */

    static Stream<Arguments> structures() {
        return Stream.of(
                Arguments.of(WaitingAreas.class, 3, 4, 200),
                Arguments.of(PooledAreas.class, 3, 4, 200),
                Arguments.of(Table.class, 3, 4, 200),
                Arguments.of(Use.class, 3, 4, 200),
                Arguments.of(Ram.class, 3, 4, 200),
                Arguments.of(FreeSpace.class, 2, 3, 100));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("structures")
    void operations_areLinearizable(
            Class<?> structure, int operations, int scenarios, int interleavings) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(operations)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(scenarios)
                .invocationsPerIteration(interleavings)
                .hangingDetectionThreshold(ROUNDS)
                .invocationTimeout$lincheck(Duration.ofMinutes(10).toMillis())
                .check(structure);
    }

    private static VmapArea area(int place) {
        long start = START + (long) PAGES * place * PAGE_SIZE;
        return new VmapArea(start, start + PAGES * PAGE_SIZE);
    }

    private static int place(VmapArea area) {
        return area == null ? -1 : (int) ((area.start - START) / (PAGES * PAGE_SIZE));
    }

    /**
     * Areas retire to a node while a purge takes them, or the node recycles them.
     *
     * <p>Guards the compareAndSet in {@link VmapNode#retire} and the getAndSet in {@link
     * VmapNode#takeWaiting} and {@link VmapNode#tryRecycle}.
     */
    @Param(name = "place", gen = IntGen.class, conf = "1:3")
    public static class WaitingAreas {

        private final VmapNode node = new VmapNode(PAGES);

        @Operation
        public void retire(@Param(name = "place") int place) {
            node.retire(area(place));
        }

        /**
         * Into the pool, whose order is another, and out of it again: what waited at one moment.
         * Who does not get the list tries again, until he does or nothing waits. Of two who do so
         * one would find nothing while the other has it all in his hands.
         */
        @Operation(nonParallelGroup = "recycle")
        public Set<Integer> recycle() {
            AtomicBoolean taken = new AtomicBoolean();
            do {
                node.tryRecycle(
                        Long.MAX_VALUE,
                        area -> {
                            taken.set(true);
                            return true;
                        });
            } while (!taken.get() && node.waitingPages() != 0);
            Set<Integer> places = new TreeSet<>();
            node.decay(1, 0, area -> places.add(place(area)));
            return places;
        }

        @Operation
        public String takeWaiting() {
            StringJoiner places = new StringJoiner(" ");
            for (VmapArea area = node.takeWaiting(); area != null; area = area.next) {
                places.add(Integer.toString(place(area)));
            }
            return places.toString();
        }
    }

    /**
     * Areas are put into a pool and taken out, one by one and by its decay.
     *
     * <p>Guards the lock in {@link VmapNode#offer} and {@link VmapNode#decay}, and the
     * compareAndSet in {@link VmapNode#tryTake}.
     */
    @Param(name = "place", gen = IntGen.class, conf = "1:3")
    @Param(name = "share", gen = IntGen.class, conf = "1:2")
    public static class PooledAreas {

        private final VmapNode node = new VmapNode(PAGES);

        @Operation
        public void offer(@Param(name = "place") int place) {
            node.offer(area(place));
        }

        /** Who does not get the guard goes elsewhere; here nowhere else is. */
        @Operation
        public int take() {
            VmapArea area = node.tryTake(PAGES, PAGES, 1);
            while (area == null && node.pooledPages() != 0) {
                area = node.tryTake(PAGES, PAGES, 1);
            }
            return place(area);
        }

        @Operation
        public String decay(@Param(name = "share") int share) {
            StringJoiner places = new StringJoiner(" ");
            node.decay(share, Long.MAX_VALUE, area -> places.add(Integer.toString(place(area))));
            return places.toString();
        }
    }

    /**
     * Areas are found while two CPUs put others into the table, each where no other is, and take
     * them out.
     *
     * <p>Guards the compareAndSets in {@link VmapTable#insert}.
     */
    @Param(name = "place", gen = IntGen.class, conf = "0:2")
    public static class Table {

        private static final int PLACES = 3;

        private final VmapTable table = new VmapTable(START, 2 * PLACES * PAGE_SIZE);
        private final VmapArea[] low = new VmapArea[PLACES];
        private final VmapArea[] high = new VmapArea[PLACES];

        @Operation(nonParallelGroup = "low")
        public void changeLow(@Param(name = "place") int place) {
            change(low, place, 0);
        }

        @Operation(nonParallelGroup = "high")
        public void changeHigh(@Param(name = "place") int place) {
            change(high, place, PAGE_SIZE);
        }

        private void change(VmapArea[] mine, int place, long offset) {
            if (mine[place] == null) {
                long start = START + 2L * place * PAGE_SIZE + offset;
                mine[place] = new VmapArea(start, start + PAGE_SIZE);
                table.insert(mine[place]);
            } else {
                table.remove(mine[place]);
                mine[place] = null;
            }
        }

        @Operation
        public boolean findLow(@Param(name = "place") int place) {
            return table.find(START + 2L * place * PAGE_SIZE) != null;
        }

        @Operation
        public boolean findHigh(@Param(name = "place") int place) {
            return table.find(START + (2L * place + 1) * PAGE_SIZE) != null;
        }
    }

    /**
     * The use of an area is ended, resized, and ended by a resize that moves it.
     *
     * <p>Guards the compareAndExchange in {@link VmStruct}.
     */
    @Param(name = "size", gen = IntGen.class, conf = "1:3")
    public static class Use {

        private final VmStruct vm = new VmStruct(PAGE_SIZE, VmFlags.ALLOC, null);

        @Operation
        public boolean end() {
            return vm.end(null);
        }

        @Operation
        public boolean resize(@Param(name = "size") int size) {
            boolean pinned = vm.pin();
            if (pinned) {
                vm.resize(vm.requestedSize() + size);
                vm.unpin();
            }
            return pinned;
        }

        @Operation
        public long move() {
            if (!vm.pin()) {
                return -1;
            }
            long size = vm.requestedSize();
            vm.endPinned(null);
            return size;
        }

        @Operation
        public boolean isLive() {
            return vm.isLive();
        }
    }

    /**
     * Pages of RAM are taken and given until there are none.
     *
     * <p>Guards the atomic updates in {@link PageAllocator#take} and {@link PageAllocator#give}.
     */
    @Param(name = "pages", gen = IntGen.class, conf = "1:3")
    public static class Ram {

        private final PageAllocator ram = new PageAllocator(4 * PAGE_SIZE);

        @Operation
        public boolean take(@Param(name = "pages") int pages) {
            return ram.take(pages);
        }

        @Operation
        public void give(@Param(name = "pages") int pages) {
            ram.give(pages);
        }

        @Operation
        public long free() {
            return ram.free();
        }
    }

    /**
     * Addresses are allocated while a purge gives others back.
     *
     * <p>Guards the lock in {@link AreaSpace#allocate} and {@link AreaSpace#merge}.
     */
    @Param(name = "place", gen = IntGen.class, conf = "0:3")
    @Param(name = "pages", gen = IntGen.class, conf = "1:4")
    public static class FreeSpace {

        private static final int PLACES = 4;

        private final AreaSpace space = new AreaSpace();
        private final VmapArea[] held = new VmapArea[PLACES];

        // With all of it in use.
        {
            for (int place = 0; place < PLACES; place++) {
                held[place] = area(place);
                space.allocate(2 * PAGE_SIZE, 1, held[place].start, held[place].end);
            }
        }

        @Operation
        public int allocate(@Param(name = "pages") int pages) {
            long end = START + 2 * PLACES * PAGE_SIZE;
            long start = space.allocate((long) pages * PAGE_SIZE, 1, START, end);
            return start == FreeVmapTree.NONE ? -1 : (int) ((start - START) / PAGE_SIZE);
        }

        @Operation(nonParallelGroup = "purge")
        public void free(@Param(name = "place") int place) {
            if (held[place] != null) {
                space.merge(List.of(held[place]), new ReclaimedEdges());
                held[place] = null;
            }
        }
    }
}
