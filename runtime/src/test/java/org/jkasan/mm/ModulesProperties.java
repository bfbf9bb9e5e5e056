package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.ModuleMachine.MODULES_VADDR;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jkasan.shadow.ShadowByte;

/** Module memory against a plain list of modules. */
class ModulesProperties {

    private static final int SPACE = 256 << 10;

    private static final int GRANULE = 8;

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.just(Kind.ALLOC)),
                        Tuple.of(3, Arbitraries.just(Kind.FREE)),
                        Tuple.of(1, Arbitraries.just(Kind.PURGE)));
        Arbitrary<Integer> around =
                Arbitraries.of(8, PAGE, 2 * PAGE, 7 * PAGE, 8 * PAGE, 16 * PAGE, 40 * PAGE);
        Arbitrary<Integer> sizes =
                Combinators.combine(around, Arbitraries.integers().between(-7, 9))
                        .as((edge, off) -> edge + off);
        return Combinators.combine(kinds, sizes, Arbitraries.integers().between(0, 1000))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(50);
    }

    @Property(tries = 100)
    void modules_areWhereAndWhatThePlainListSays(
            @ForAll ModuleMachine kind, @ForAll("steps") List<Step> steps) {
        try (TestMachine machine = kind.boot(2, SPACE)) {
            long ram = machine.mm.ram().free();
            Model model = new Model(kind, machine);
            for (Step step : steps) {
                step.apply(model);
                model.check();
            }
            model.freeAll();
            machine.vmalloc().purge();
            assertThat(machine.mm.ram().free()).isEqualTo(ram);
        }
    }

    @Example
    void hole_thatFitsByChanceIsUsedAndNothingPurged() {
        List<Step> steps = new ArrayList<>(Collections.nCopies(8, new Step(Kind.ALLOC, 8, 0)));
        steps.add(new Step(Kind.FREE, 0, 0));
        steps.add(new Step(Kind.FREE, 0, 0));
        steps.add(new Step(Kind.ALLOC, 8, 0)); // which takes a purge
        steps.add(new Step(Kind.FREE, 0, 0));
        steps.add(new Step(Kind.ALLOC, 7 * PAGE, 0));
        modules_areWhereAndWhatThePlainListSays(ModuleMachine.OWN_SHADOW, steps);
    }

    private enum Kind {
        ALLOC,
        FREE,
        PURGE
    }

    private record Step(Kind kind, int size, int pick) {

        void apply(Model model) {
            switch (kind) {
                case ALLOC -> model.alloc(size);
                case FREE -> model.free(pick);
                case PURGE -> model.purge();
                default -> throw new AssertionError(kind);
            }
        }
    }

    private record Module(long start, int size, boolean live) {

        long mappedEnd() {
            return start + (size + PAGE - 1) / PAGE * PAGE;
        }

        long end() {
            return mappedEnd() + PAGE;
        }

        long bytes() {
            return end() - start;
        }

        boolean overlaps(Module other) {
            return start < other.end() && other.start < end();
        }
    }

    private static final class Model {

        private final ModuleMachine kind;
        private final TestMachine machine;
        private final TreeMap<Long, Module> modules = new TreeMap<>();

        Model(ModuleMachine kind, TestMachine machine) {
            this.kind = kind;
            this.machine = machine;
        }

        /**
         * A module lies at the lowest place that fits. Where it has to be aligned to more than a
         * page, the kernel may pass over holes that would do, but none in which it would fit
         * wherever they began.
         */
        void alloc(int size) {
            int slack = kind.alignment == PAGE ? 0 : kind.alignment - 1;
            long tight = lowest(size, 0);
            long roomy = lowest(size, slack);
            long addr = machine.mm.modules().moduleAlloc(size);
            boolean nothingWaits = machine.mm.spaces().modules().areas().lazyPages() == 0;
            if (nothingWaits) {
                purged();
            }
            if (roomy == 0 && nothingWaits) {
                tight = lowest(size, 0);
                roomy = lowest(size, slack);
            }
            if (addr != 0) {
                assertThat(addr % kind.alignment).isZero();
                assertThat(addr).isGreaterThanOrEqualTo(tight);
                assertThat(addr <= roomy || roomy == 0).as("%x, not %x", addr, roomy).isTrue();
                Module module = new Module(addr, size, true);
                assertThat(modules.values()).noneMatch(module::overlaps);
                modules.put(addr, module);
                machine.memory().memset(addr, size, size);
            } else {
                assertThat(nothingWaits).isTrue();
                assertThat(roomy).isZero();
            }
        }

        /** The lowest place in a hole that is as much larger; 0 if there is none. */
        private long lowest(int size, int slack) {
            long free = MODULES_VADDR;
            for (Module module : modules.values()) {
                Module fitting = new Module(aligned(free), size, true);
                if (fitting.end() <= module.start
                        && free + fitting.bytes() + slack <= module.start) {
                    return fitting.start;
                }
                free = module.end();
            }
            Module last = new Module(aligned(free), size, true);
            return last.end() <= MODULES_VADDR + SPACE ? last.start : 0;
        }

        private long aligned(long addr) {
            return addr + kind.alignment - 1 & -kind.alignment;
        }

        private void purged() {
            modules.values().removeIf(module -> !module.live);
        }

        void free(int pick) {
            List<Module> live = modules.values().stream().filter(Module::live).toList();
            if (!live.isEmpty()) {
                Module module = live.get(pick % live.size());
                assertThat(machine.memory().loadByte(module.start + module.size - 1))
                        .isEqualTo((byte) module.size);
                machine.mm.modules().moduleFree(module.start);
                modules.put(module.start, new Module(module.start, module.size, false));
            }
        }

        void purge() {
            machine.vmalloc().purge();
            purged();
        }

        void freeAll() {
            while (modules.values().stream().anyMatch(Module::live)) {
                free(0);
            }
        }

        void check() {
            PageTable pages = machine.mm.spaces().modules().pages();
            for (long addr = MODULES_VADDR; addr < MODULES_VADDR + SPACE; addr += PAGE) {
                Module module = at(addr);
                boolean mapped = module != null && module.live && addr < module.mappedEnd();
                assertThat(pages.isMapped(addr)).as("%x is mapped", addr).isEqualTo(mapped);
                if (kind != ModuleMachine.PLAIN) {
                    checkShadow(addr, module);
                }
            }
            checkRam();
        }

        private Module at(long addr) {
            var entry = modules.floorEntry(addr);
            return entry == null || addr >= entry.getValue().end() ? null : entry.getValue();
        }

        /** What may be accessed: what was asked for, or all of it where nobody says otherwise. */
        private void checkShadow(long page, Module module) {
            for (long addr = page; addr < page + PAGE; addr += GRANULE) {
                boolean whole =
                        kind == ModuleMachine.OWN_SHADOW
                                || module != null
                                        && module.live
                                        && addr + GRANULE <= module.start + module.size;
                byte shadow = machine.shadow(addr);
                byte expected = whole ? 0 : expected(module, addr, shadow);
                if (shadow != expected) {
                    assertThat(shadow).as("shadow of %x", addr).isEqualTo(expected);
                }
            }
        }

        /** Of what is free, shadow may exist or not. */
        private static byte expected(Module module, long addr, byte shadow) {
            if (module == null) {
                return shadow == 0 ? 0 : ShadowByte.VMALLOC_INVALID;
            }
            long left = module.live ? module.start + module.size - addr : 0;
            return left > 0 ? (byte) left : ShadowByte.VMALLOC_INVALID;
        }

        private void checkRam() {
            if (kind == ModuleMachine.BACKED) {
                return;
            }
            long taken = 0;
            for (Module module : modules.values()) {
                if (module.live) {
                    long pages = (module.mappedEnd() - module.start) / PAGE;
                    taken += pages + (kind == ModuleMachine.PLAIN ? 0 : (pages + 7) / 8);
                }
            }
            assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total() - taken);
        }
    }
}
