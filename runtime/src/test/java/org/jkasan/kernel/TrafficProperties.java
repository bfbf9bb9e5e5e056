package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.PageFrames;
import org.jkasan.mm.slab.KmemCache;

/**
 * Random traffic of objects and pages, so much that the quarantine runs over, against a map of what
 * is live: what is open, what is closed, and when a freed object may be used again.
 */
class TrafficProperties {

    private static final long MEM = 256 << 20;
    private static final int CPUS = 2;

    /** All that may be in quarantine. */
    private static final long MOST_QUARANTINED = MEM / 32;

    /**
     * Bytes that are freed at the least between the free of an object and its next use: what the
     * ring holds, less the two lists with which the object may have come and gone.
     */
    private static final long LEAST_BETWEEN = MOST_QUARANTINED - CPUS * (1 << 20) - 3 * (1 << 20);

    private static final int LARGEST_OBJECT = 8192;
    private static final int[] CLASSES = {
        8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, LARGEST_OBJECT
    };
    private static final int[] STRIDES = {
        32, 32, 64, 128, 128, 256, 256, 512, 1024, 2048, 4096, 8192, 16384
    };

    private enum Kind {
        ALLOCATE,
        FREE,
        BURST,
        BULK,
        PAGES,
        FREE_PAGES
    }

    /** A step: which of what is live it is about, and how large or how many. */
    record Step(Kind kind, int pick, int size) {}

    /** One machine and all that is known of it. */
    private static final class Traffic {

        final TestKernel machine;
        final KmemCache cache;
        final TreeMap<Long, Integer> live = new TreeMap<>();
        final List<Long> objects = new ArrayList<>();
        final TreeMap<Long, Integer> blocks = new TreeMap<>();
        final List<Long> pages = new ArrayList<>();
        final Map<Long, Long> freedAt = new HashMap<>();
        final Set<Long> ofCache = new HashSet<>();
        int reused;
        long freedBytes;

        Traffic(TestKernel machine) {
            this.machine = machine;
            this.cache = machine.kernel.slab().create("traffic", 200);
        }

        void step(Step step) {
            switch (step.kind()) {
                case ALLOCATE -> born(machine.kernel.kmalloc().kmalloc(step.size()), step.size());
                case FREE -> {
                    if (!objects.isEmpty()) {
                        free(objects.remove(step.pick() % objects.size()));
                    }
                }
                case BURST -> burst(step.size() % 200, 1 + step.pick() * 8);
                case BULK -> bulk(1 + step.pick() % 50);
                case PAGES -> pages(step.size() % 4);
                case FREE_PAGES -> {
                    if (!pages.isEmpty()) {
                        freePages(pages.remove(step.pick() % pages.size()));
                    }
                }
            }
        }

        /** Frees so much that what was freed first is used again. */
        void overflow() {
            int number = (int) (MOST_QUARANTINED / stride(LARGEST_OBJECT)) + 500;
            burst(number, LARGEST_OBJECT);
            burst(number, LARGEST_OBJECT);
            assertThat(reused).isPositive();
        }

        private void born(long object, int size) {
            assertThat(object).isNotZero();
            assertThat(live.put(object, size)).isNull();
            objects.add(object);
            Long freed = freedAt.remove(object);
            if (freed != null) {
                assertThat(freedBytes - freed).isGreaterThanOrEqualTo(LEAST_BETWEEN);
                reused++;
            }
        }

        private void free(long object) {
            int size = live.remove(object);
            boolean cached = ofCache.remove(object);
            if (cached) {
                cache.free(object);
            } else {
                machine.kernel.kmalloc().kfree(object);
            }
            freedAt.put(object, freedBytes);
            assertThat(machine.kernel.slab().quarantineBytes())
                    .isLessThanOrEqualTo(MOST_QUARANTINED);
            freedBytes += cached ? cache.stride() : stride(size);
        }

        private void burst(int number, int size) {
            for (int i = 0; i < number; i++) {
                born(machine.kernel.kmalloc().kmalloc(size), size);
            }
            for (int i = 0; i < number; i++) {
                free(objects.remove(objects.size() - 1));
            }
        }

        private void bulk(int number) {
            long[] made = new long[number];
            assertThat(cache.allocBulk(Gfp.KERNEL, made)).isEqualTo(number);
            for (long object : made) {
                born(object, cache.objectSize());
                ofCache.add(object);
            }
        }

        private void pages(int order) {
            PageFrames frames = machine.kernel.frames();
            long pfn = frames.alloc(Gfp.KERNEL, order);
            assertThat(pfn).isNotEqualTo(PageFrames.NO_PAGE);
            blocks.put(pfn, order);
            pages.add(pfn);
        }

        private void freePages(long pfn) {
            PageFrames frames = machine.kernel.frames();
            int order = blocks.remove(pfn);
            frames.free(pfn, order);
            assertThat(machine.isValid(frames.address(pfn))).isFalse();
        }

        /** Every byte of what is live is open, and no object that is not used again. */
        void expectShadow() {
            live.forEach(
                    (start, size) -> {
                        for (long addr = start; addr < start + size; addr++) {
                            assertThat(machine.isValid(addr)).isTrue();
                        }
                        assertThat(machine.isValid(start + size)).isFalse();
                    });
            freedAt.keySet().stream()
                    .filter(start -> !isInUse(start))
                    .forEach(start -> assertThat(machine.isValid(start)).isFalse());
            blocks.forEach(
                    (pfn, order) -> {
                        long start = machine.kernel.frames().address(pfn);
                        for (int at = 0; at < 4096 << order; at += 512) {
                            assertThat(machine.isValid(start + at)).isTrue();
                        }
                    });
        }

        /** The slab of a freed object may be gone, and its pages be another's. */
        private boolean isInUse(long addr) {
            Map.Entry<Long, Integer> object = live.floorEntry(addr);
            long pfn = machine.kernel.frames().pfn(addr);
            Map.Entry<Long, Integer> block = blocks.floorEntry(pfn);
            return object != null && addr < object.getKey() + object.getValue()
                    || block != null && pfn < block.getKey() + (1L << block.getValue());
        }

        void end() {
            assertThat(objects).hasSameSizeAs(live.keySet());
            objects.forEach(this::free);
            pages.forEach(this::freePages);
            cache.destroy();
            assertThat(machine.kernel.slab().liveObjects()).isZero();
            assertThat(machine.reports()).isEmpty();
        }
    }

    /** The distance of two objects of the kmalloc cache for a size: the kernel's table. */
    private static int stride(int size) {
        int sizeClass = Arrays.binarySearch(CLASSES, size);
        return STRIDES[sizeClass < 0 ? -sizeClass - 1 : sizeClass];
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(1, 8000))
                .as(Step::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }

    @Property(tries = 25)
    void openBytes_areThoseOfWhatIsLive(@ForAll("steps") List<Step> steps) {
        Kconfig config = TestKernel.small().withCpus(CPUS).withMem(MEM);
        try (TestKernel machine = TestKernel.withKasan(config)) {
            Traffic traffic = new Traffic(machine);
            for (Step step : steps) {
                traffic.step(step);
            }
            traffic.expectShadow();
            traffic.overflow();
            traffic.expectShadow();
            traffic.end();
        }
    }
}
