package org.jkasan.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** Checks a whole memory manager, while nothing else happens in it. */
public final class Invariants {

    /*
     * Free areas and those in use, waiting or in a pool are together all addresses but the first and
     * the last, each once; the trees are sound; pages, shadow and counters are what the areas say.
     */

    private static final int SHOWN = 20;

    private final MemoryManager mm;
    private final List<String> violations = new ArrayList<>();
    private final NavigableMap<Long, VmapArea> used = new TreeMap<>(Long::compareUnsigned);
    private final LongPredicate ownShadow;
    private long usedBytes;

    private Invariants(MemoryManager mm, LongPredicate ownShadow) {
        this.mm = mm;
        this.ownShadow = ownShadow;
    }

    /**
     * Checks everything.
     *
     * @throws IllegalStateException that lists what does not hold
     */
    public static void check(MemoryManager mm) {
        check(mm, addr -> false);
    }

    /**
     * Checks everything, but the shadow of objects whose owners write it themselves.
     *
     * @param ownShadow whether an address is in such an object
     * @throws IllegalStateException that lists what does not hold
     */
    public static void check(MemoryManager mm, LongPredicate ownShadow) {
        Invariants check = new Invariants(mm, ownShadow);
        check.areas();
        check.freeSpace();
        check.memory();
        if (!check.violations.isEmpty()) {
            List<String> shown =
                    check.violations.subList(0, Math.min(SHOWN, check.violations.size()));
            throw new IllegalStateException(
                    check.violations.size() + " violations: " + String.join("; ", shown));
        }
    }

    private void areas() {
        mm.areas().check(violations::add);
        mm.areas().forEach(this::collect);
    }

    private void collect(VmapArea area) {
        expect(mm.window().contains(area.end - 1), area + " leaves the window");
        used.put(area.start, area);
        usedBytes += area.size();
    }

    private void freeSpace() {
        mm.space()
                .inspect(
                        free -> {
                            TreeCheck.check(free, "free", violations::add);
                            long bytes = 0;
                            VmapArea before = null;
                            for (VmapArea area = free.first();
                                    area != null;
                                    area = free.next(area)) {
                                boolean touches = before != null && before.end == area.start;
                                expect(!touches, area + " was not merged with " + before);
                                expect(!holdsUsed(area), area + " is free and used");
                                bytes += area.size();
                                before = area;
                            }
                            expect(
                                    bytes + usedBytes == -2,
                                    "free and used areas are not all addresses");
                        });
    }

    private boolean holdsUsed(VmapArea free) {
        var below = used.lowerEntry(free.end);
        return below != null && Long.compareUnsigned(below.getValue().end, free.start) > 0;
    }

    private void memory() {
        long end = mm.space().highest(mm.window().start());
        new AreaCheck(mm.host(), mm.window(), end, used, ownShadow, violations::add)
                .check(mm.pages(), mm.vmallocKasan());
        long taken = used.values().stream().mapToLong(Invariants::dataPages).sum();
        if (mm.vmallocKasan() instanceof VmallocShadow shadow) {
            taken += shadow.present();
        }
        taken += mm.frames().check(violations::add);
        expect(
                mm.ram().free() == mm.ram().total() - taken,
                mm.ram().free() + " pages of RAM are free, but " + taken + " are used");
    }

    private static long dataPages(VmapArea area) {
        return area.isLive() ? area.vm.pages : 0;
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
