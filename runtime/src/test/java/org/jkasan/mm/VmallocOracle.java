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

    /** What an area should be; the bytes of its pages are those of its first size. */
    private record Area(long start, long size, long bytes, State state, Object array) {

        static Area live(long start, long size, Object array) {
            return new Area(start, size, (size + PAGE - 1) / PAGE * PAGE, State.LIVE, array);
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
        Area area = Area.live(lowest(size), size, array);
        if (area.start == 0) {
            purged();
            area = Area.live(lowest(size), size, array);
        }
        assertThat(addr).isEqualTo(area.start);
        if (addr != 0) {
            areas.put(addr, area);
        }
    }

    private long lowest(long size) {
        long start = START;
        for (Area area : areas.values()) {
            if (area.start >= Area.live(start, size, null).end()) {
                return start;
            }
            start = area.end();
        }
        return Area.live(start, size, null).end() <= START + space ? start : 0;
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
                area.start, area.start + area.size, area.end() - PAGE, area.end(), area.end() + PAGE
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
        } else {
            // Not read, for that would make it resident: the invariants read it at the end.
            assertThat(object).as("no shadow of an object at %x", addr).isFalse();
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
