package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Objects around multiples of 2 MiB in a space where not all of them can have huge pages. */
class HugeVmallocProperties {

    private static final long SPACE = 16L << 20;
    private static final long HUGE = 2L << 20;

    private record Step(int kind, long size, int pick) {}

    private record Held(long addr, long size) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> sizes =
                Combinators.combine(
                                Arbitraries.of(PAGE, HUGE / 2, HUGE, 2 * HUGE),
                                Arbitraries.integers().between(-9, 9))
                        .as((edge, off) -> edge.longValue() + off);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        sizes,
                        Arbitraries.integers().between(0, 100))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(25);
    }

    @Property(tries = 15)
    void objects_areAccessibleExactly_andMappedInOneWay(@ForAll("steps") List<Step> steps) {
        TestMachine machine = TestMachine.withKasan(SPACE);
        List<Held> held = new ArrayList<>();
        for (Step step : steps) {
            apply(step, machine.vmalloc(), held);
            held.forEach(object -> check(machine, object));
        }
        held.forEach(object -> machine.vmalloc().vfree(object.addr));
        machine.vmalloc().purge();
        assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
        assertThat(machine.residentShadow(0, SPACE)).isZero();
        machine.close();
    }

    private static void apply(Step step, Vmalloc vmalloc, List<Held> held) {
        if (step.kind < 3 || held.isEmpty()) {
            keep(held, vmalloc.vmallocHuge(step.size), step.size);
            return;
        }
        Held object = held.remove(step.pick % held.size());
        switch (step.kind) {
            case 3 -> vmalloc.vfree(object.addr);
            case 4 -> vmalloc.vfreeAtomic(object.addr);
            default -> {
                int flag = VmFlags.ALLOW_HUGE_VMAP;
                VmallocRequest request = vmalloc.request(step.size).flagged(flag);
                long addr = vmalloc.vrealloc(object.addr, request);
                keep(held, addr == 0 ? object.addr : addr, addr == 0 ? object.size : step.size);
            }
        }
    }

    private static void keep(List<Held> held, long addr, long size) {
        if (addr != 0) {
            held.add(new Held(addr, size));
        }
    }

    private static void check(TestMachine machine, Held object) {
        long host = machine.host(object.addr);
        assertThat(machine.shadow().isAccessible(host, object.size)).isTrue();
        for (long i = object.size; i < object.size + 17; i++) {
            assertThat(machine.shadow().isAccessible(host + i, 1)).isFalse();
        }
        PageTable pages = machine.mm.space().pages();
        int order = pages.order(object.addr);
        assertThat(order == 0 || object.addr % HUGE == 0).isTrue();
        for (long i = 0; i < object.size; i += PAGE) {
            assertThat(pages.isMapped(object.addr + i)).isTrue();
            assertThat(pages.order(object.addr + i)).isEqualTo(order);
        }
    }
}
