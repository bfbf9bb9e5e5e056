package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Random mappings on several CPUs against a plain map of them: after each step exactly what it says
 * is mapped and accessible, and shows the pages that it says.
 */
class VmapRamProperties {

    private static final long SPACE = 32L << 20;
    private static final int CPUS = 3;
    private static final int PAGES = 96;

    private enum Kind {
        MAP,
        UNMAP,
        UNMAP_AGAIN,
        PURGE,
        VMALLOC
    }

    private record Step(Kind kind, int cpu, int count, int pick) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequency(
                        Tuple.of(8, Kind.MAP),
                        Tuple.of(6, Kind.UNMAP),
                        Tuple.of(1, Kind.UNMAP_AGAIN),
                        Tuple.of(1, Kind.PURGE),
                        Tuple.of(1, Kind.VMALLOC));
        Arbitrary<Integer> counts =
                Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.of(31, 32, 33, 63, 64, 65, 80));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, CPUS - 1),
                        counts,
                        Arbitraries.integers().between(0, 1000))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(80);
    }

    @Property(tries = 60)
    void accessiblePages_areExactlyThoseOfThePlainMap(@ForAll("steps") List<Step> steps)
            throws Exception {
        try (Model model = new Model()) {
            for (Step step : steps) {
                model.apply(step);
                model.check();
            }
            model.unmapAll();
        }
    }

    /** The machine, threads on its CPUs, and the plain map. */
    private static final class Model implements AutoCloseable {

        private record Mapping(long addr, long[] pfns) {

            long end() {
                return addr + (long) pfns.length * PAGE;
            }
        }

        private final TestMachine machine = TestMachine.withCpus(CPUS, SPACE);
        private final VmapRam ram = machine.mm.vmapRam();
        private final List<ExecutorService> cpus = new ArrayList<>();
        private final TreeMap<Long, Mapping> live = new TreeMap<>();
        private final List<Mapping> ended = new ArrayList<>();
        private final List<Long> areas = new ArrayList<>();
        private final long[] pfns = new long[PAGES];
        private int reports;

        Model() {
            for (int i = 0; i < CPUS; i++) {
                cpus.add(Executors.newSingleThreadExecutor());
            }
            for (int i = 0; i < PAGES; i++) {
                pfns[i] = machine.mm.frames().alloc();
                machine.memory().storeLong(machine.mm.frames().address(pfns[i]), pfns[i]);
            }
        }

        void apply(Step step) throws Exception {
            switch (step.kind) {
                case MAP -> map(step);
                case UNMAP -> {
                    List<Mapping> all = List.copyOf(live.values());
                    if (!all.isEmpty()) {
                        unmap(step.cpu, all.get(step.pick % all.size()));
                    }
                }
                case UNMAP_AGAIN -> {
                    if (!ended.isEmpty()) {
                        Mapping again = ended.get(step.pick % ended.size());
                        on(step.cpu, () -> unmapped(again));
                        reports++;
                    }
                }
                case PURGE -> purge(step);
                case VMALLOC -> areas.add(machine.vmalloc().vmalloc(step.count * PAGE));
                default -> throw new AssertionError(step);
            }
        }

        private void map(Step step) throws Exception {
            int from = step.pick % (PAGES - step.count + 1);
            long[] some = Arrays.copyOfRange(pfns, from, from + step.count);
            if (step.pick % 2 == 0) {
                for (int i = 0; i < some.length / 2; i++) {
                    long swapped = some[i];
                    some[i] = some[some.length - 1 - i];
                    some[some.length - 1 - i] = swapped;
                }
            }
            long addr =
                    on(step.cpu, () -> ram.vmMapRam(some, some.length, VmallocRequest.ANY_NODE));
            if (addr != 0) {
                Mapping mapping = new Mapping(addr, some);
                assertThat(overlaps(mapping)).isFalse();
                assertThat(ended).noneMatch(old -> old.addr < mapping.end() && addr < old.end());
                live.put(addr, mapping);
            } else {
                machine.log.clear();
            }
        }

        private boolean overlaps(Mapping mapping) {
            Map.Entry<Long, Mapping> below = live.lowerEntry(mapping.end());
            return below != null && below.getValue().end() > mapping.addr;
        }

        private void unmap(int cpu, Mapping mapping) throws Exception {
            on(cpu, () -> unmapped(mapping));
            live.remove(mapping.addr);
            ended.add(mapping);
        }

        private boolean unmapped(Mapping mapping) {
            ram.vmUnmapRam(mapping.addr, mapping.pfns.length);
            return true;
        }

        /** A block in which something is live keeps what ended in it, so that is never used. */
        private void purge(Step step) throws Exception {
            on(step.cpu, () -> purged());
            ended.removeIf(
                    mapping -> {
                        VmapArea area = machine.mm.space().areas().at(mapping.addr);
                        return area == null || !(area.vm instanceof VmapRamArea);
                    });
        }

        private boolean purged() {
            machine.vmalloc().purge();
            return true;
        }

        private <T> T on(int cpu, Callable<T> action) throws Exception {
            return cpus.get(cpu).submit(action).get();
        }

        void check() {
            assertThat(machine.reports()).hasSize(reports);
            for (Mapping mapping : live.values()) {
                for (int i = 0; i < mapping.pfns.length; i++) {
                    long addr = mapping.addr + (long) i * PAGE;
                    assertThat(machine.memory().loadLong(addr)).isEqualTo(mapping.pfns[i]);
                    assertThat(machine.shadow(addr)).isZero();
                    assertThat(machine.shadow(addr + PAGE - 1)).isZero();
                }
                if (!live.containsKey(mapping.end())) {
                    assertNothingAt(mapping.end());
                }
            }
            ended.forEach(mapping -> assertNothingAt(mapping.addr));
        }

        private void assertNothingAt(long addr) {
            if (addr >= START + SPACE || areas.contains(addr)) {
                return;
            }
            assertThat(machine.mm.space().pages().isMapped(addr)).as("%x", addr).isFalse();
            if (((VmallocShadow) machine.mm.space().kasan()).isPopulated(addr)) {
                assertThat(machine.shadow().isAccessible(machine.host(addr), 1)).isFalse();
            }
        }

        void unmapAll() throws Exception {
            for (Mapping mapping : List.copyOf(live.values())) {
                unmap(0, mapping);
            }
            check();
            areas.forEach(machine.vmalloc()::vfree);
            purged();
            assertThat(((VmallocShadow) machine.mm.space().kasan()).present()).isZero();
            assertThat(machine.vmalloc().vmalloc(1)).isEqualTo(START);
        }

        @Override
        public void close() {
            cpus.forEach(ExecutorService::shutdown);
            machine.close();
        }
    }
}
