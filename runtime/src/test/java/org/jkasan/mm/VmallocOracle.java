package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jkasan.report.VmallocRegion;

/** What vmalloc should do, as a plain map of areas and linear searches. */
final class VmallocOracle {

    private enum State {
        LIVE,
        QUEUED,
        FREED
    }

    /**
     * What an object should be; the bytes of its pages are those of its first size. In front of an
     * array there is a guard page as well.
     */
    private record Area(long start, long size, long bytes, State state, Object array) {

        /** The object of the area that begins at an address. */
        static Area live(long first, long size, Object array) {
            long start = first + front(array);
            return new Area(start, size, (size + PAGE - 1) / PAGE * PAGE, State.LIVE, array);
        }

        static long front(Object array) {
            return array == null ? 0 : PAGE;
        }

        long first() {
            return start - front(array);
        }

        Area with(State next) {
            return new Area(start, size, bytes, next, array);
        }

        Area resized(long newSize) {
            return new Area(start, newSize, bytes, state, array);
        }

        boolean freed() {
            return state == State.FREED;
        }

        long end() {
            return start + bytes + PAGE;
        }
    }

    private final TestMachine machine;
    private final long space;
    private final TreeMap<Long, Area> areas = new TreeMap<>();
    private int reports;

    VmallocOracle(TestMachine machine, long space) {
        this.machine = machine;
        this.space = space;
    }

    /** Takes note of an allocation, which must lie at the lowest place that fits. */
    void allocated(long addr, long size, Object array) {
        long lowest = lowest(size, array);
        if (lowest == 0) {
            purged();
            lowest = lowest(size, array);
        }
        Area area = Area.live(lowest, size, array);
        assertThat(addr).isEqualTo(lowest == 0 ? 0 : area.start);
        if (addr != 0) {
            areas.put(addr, area);
        }
    }

    private long lowest(long size, Object array) {
        long first = START;
        for (Area area : areas.values()) {
            if (area.first() >= Area.live(first, size, array).end()) {
                return first;
            }
            first = area.end();
        }
        return Area.live(first, size, array).end() <= START + space ? first : 0;
    }

    void free(int pick) {
        List<Area> live = areas(State.LIVE);
        if (!live.isEmpty()) {
            Area area = live.get(pick % live.size());
            vfree(area);
            areas.put(area.start, area.with(State.FREED));
        }
    }

    void freeLater(int pick) {
        List<Area> live = areas(State.LIVE);
        if (!live.isEmpty()) {
            Area area = live.get(pick % live.size());
            machine.mm.interrupts().run(() -> vfree(area));
            areas.put(area.start, area.with(State.QUEUED));
        }
    }

    void worked() {
        areas(State.QUEUED).forEach(area -> areas.put(area.start, area.with(State.FREED)));
    }

    void resize(int pick, long size) {
        List<Area> live = areas(State.LIVE);
        live.removeIf(area -> area.array != null);
        if (live.isEmpty()) {
            return;
        }
        Area area = live.get(pick % live.size());
        long addr = machine.vmalloc().vrealloc(area.start, size);
        if (size <= area.bytes) {
            assertThat(addr).isEqualTo(area.start);
            areas.put(addr, area.resized(size));
        } else {
            allocated(addr, size, null);
            if (addr != 0) {
                areas.put(area.start, area.with(State.FREED));
            }
        }
    }

    void freeAgain(int pick) {
        List<Area> freed = areas(State.FREED);
        freed.addAll(areas(State.QUEUED));
        if (!freed.isEmpty()) {
            vfree(freed.get(pick % freed.size()));
            reports++;
        }
    }

    void freeAll() {
        areas(State.LIVE).forEach(this::vfree);
    }

    private void vfree(Area area) {
        if (area.array != null) {
            machine.vmalloc().vfree(area.array);
        } else {
            machine.vmalloc().vfree(area.start);
        }
    }

    void purged() {
        areas.values().removeIf(Area::freed);
    }

    private List<Area> areas(State state) {
        return new ArrayList<>(areas.values().stream().filter(a -> a.state == state).toList());
    }

    /** Compares the edges of all areas, and what lies between them, with the machine. */
    void check() {
        assertThat(machine.reports()).hasSize(reports);
        for (Area area : areas.values()) {
            long[] edges = {
                area.first(),
                area.start,
                area.start + area.size,
                area.end() - PAGE,
                area.end(),
                area.end() + PAGE
            };
            for (long edge : edges) {
                for (long addr = edge - 9; addr <= edge + 9; addr++) {
                    checkByte(addr);
                }
            }
            checkDescription(area);
        }
    }

    private void checkByte(long addr) {
        if (addr < START || addr >= START + space) {
            return;
        }
        Map.Entry<Long, Area> below = areas.floorEntry(addr);
        Area area = below == null || addr >= below.getValue().end() ? null : below.getValue();
        boolean object = area != null && !area.freed() && addr < area.start + area.size;
        boolean mapped =
                area != null && !area.freed() && area.array == null && addr < area.end() - PAGE;
        assertThat(machine.mm.space().pages().isMapped(addr))
                .as("mapped at %x", addr)
                .isEqualTo(mapped);
        if (((VmallocShadow) machine.mm.space().kasan()).isPopulated(addr)) {
            boolean valid = machine.shadow().isAccessible(machine.host(addr), 1);
            assertThat(valid).as("valid at %x", addr).isEqualTo(object);
            checkIndex(addr, object);
        } else {
            // Not read, for that would make it resident: the invariants read it at the end.
            assertThat(object).as("no shadow of an object at %x", addr).isFalse();
        }
    }

    /** Whoever has an array asks the shadow bytes alone: in the object, and before it. */
    private void checkIndex(long addr, boolean object) {
        Map.Entry<Long, Area> next = areas.floorEntry(addr + PAGE);
        Area area = next == null ? null : next.getValue();
        if (area != null && area.array != null && addr >= area.first() && addr < area.end()) {
            assertThat(machine.shadow().isValid1(machine.host(addr)))
                    .as("index %d of the array at %x", addr - area.start, area.start)
                    .isEqualTo(object);
        }
    }

    private void checkDescription(Area area) {
        VmallocDescriber describer =
                new VmallocDescriber(machine.mm.space().window(), machine.mm.space().areas());
        VmallocRegion region =
                (VmallocRegion) describer.describe(machine.host(area.end() - 1)).region();
        assertThat(region.start()).isEqualTo(area.start);
        assertThat(region.requestedSize()).isEqualTo(area.size);
        assertThat(region.allocated()).isNotNull();
        assertThat(region.freed() != null).isEqualTo(area.state != State.LIVE);
    }
}
