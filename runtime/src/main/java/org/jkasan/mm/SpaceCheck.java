package org.jkasan.mm;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jkasan.host.HostMemory;

/** Checks one window in which areas are allocated, while nothing else happens in it. */
final class SpaceCheck {

    /*
     * Free areas and those in use, waiting or in a pool are together all addresses but the first and
     * the last, each once; tree and table are sound; pages, shadow and counters are what the areas say.
     */

    private final VmallocSpace space;
    private final PageFrames frames;
    private final Consumer<String> violations;
    private final NavigableMap<Long, VmapArea> used = new TreeMap<>(Long::compareUnsigned);
    private long usedBytes;

    SpaceCheck(VmallocSpace space, PageFrames frames, Consumer<String> violations) {
        this.space = space;
        this.frames = frames;
        this.violations = violations;
    }

    /**
     * Checks everything.
     *
     * @param ownShadow whether an address is in an object whose owner writes its shadow
     * @return pages of RAM that the areas and their shadow have
     */
    long check(HostMemory host, LongPredicate ownShadow) {
        space.areas().check(violations);
        space.blocks().check(violations);
        space.areas().forEach(this::collect);
        space.frees().check(used.values(), violations);
        space.free().inspect(this::freeSpace);
        long end = space.free().highest(space.window().start());
        new AreaCheck(host, space.window(), end, used, ownShadow, violations)
                .check(space.pages(), space.kasan());
        new BoundCheck(space, frames, used.values(), violations).check(end);
        if (space.kasan() instanceof ModuleShadow shadow) {
            new ModuleShadowCheck(space.window(), shadow, violations).check(used.values(), end);
        }
        return used.values().stream().mapToLong(SpaceCheck::dataPages).sum()
                + space.kasan().present();
    }

    private void collect(VmapArea area) {
        expect(space.window().contains(area.end - 1), area + " leaves the window");
        used.put(area.start, area);
        usedBytes += area.size();
    }

    private void freeSpace(FreeVmapTree free) {
        TreeCheck.check(free, violations);
        long bytes = 0;
        FreeBlock before = null;
        for (FreeBlock area = free.first(); area != null; area = free.next(area)) {
            boolean touches = before != null && before.end == area.start;
            expect(!touches, area + " was not merged with " + before);
            expect(!holdsUsed(area), area + " is free and used");
            bytes += area.size();
            before = area;
        }
        expect(bytes + usedBytes == -2, "free and used areas are not all addresses");
    }

    private boolean holdsUsed(FreeBlock free) {
        var below = used.lowerEntry(free.end);
        return below != null && Long.compareUnsigned(below.getValue().end, free.start) > 0;
    }

    private static long dataPages(VmapArea area) {
        return area.isBacked() ? area.vm.ownPages() : 0;
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.accept(otherwise);
        }
    }
}
