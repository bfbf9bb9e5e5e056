package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.MEMORY_PER_SHADOW_PAGE;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Checks that the shadow of the module area is that of the live modules, and nothing else. */
final class ModuleShadowCheck {

    private static final long GRANULE = 8;

    private final KernelWindow window;
    private final ModuleShadow shadow;
    private final Consumer<String> violations;
    private final Set<Long> expected = new HashSet<>();

    ModuleShadowCheck(KernelWindow window, ModuleShadow shadow, Consumer<String> violations) {
        this.window = window;
        this.shadow = shadow;
        this.violations = violations;
    }

    /**
     * Checks all shadow below an address.
     *
     * @param end above it nothing was ever allocated
     */
    void check(Collection<VmapArea> areas, long end) {
        areas.stream().filter(VmapArea::isBacked).forEach(this::module);
        for (long unit = window.start();
                Long.compareUnsigned(unit, end) < 0;
                unit += MEMORY_PER_SHADOW_PAGE) {
            if (shadow.isPopulated(unit) != expected.contains(unit)) {
                violations.accept("shadow exists wrongly, or wrongly not, at " + hex(unit));
            } else if (!expected.contains(unit)) {
                absent(unit);
            }
        }
        if (shadow.present() != expected.size()) {
            violations.accept(
                    shadow.present()
                            + " pages of shadow are counted, but modules need "
                            + expected.size());
        }
    }

    private void module(VmapArea area) {
        if ((area.vm.flags & VmFlags.KASAN) == 0) {
            violations.accept(area + " is no module");
        }
        if ((area.start - window.start()) % MEMORY_PER_SHADOW_PAGE != 0) {
            violations.accept(area + " begins within what a page of shadow describes");
        }
        long end = area.start + area.vm.bytes();
        for (long unit = area.start; unit < end; unit += MEMORY_PER_SHADOW_PAGE) {
            expected.add(unit);
        }
    }

    private void absent(long unit) {
        for (long addr = unit; addr < unit + MEMORY_PER_SHADOW_PAGE; addr += GRANULE) {
            if (shadow.shadowOf(addr) != 0) {
                violations.accept("shadow of " + hex(addr) + " says something, but is not there");
            }
        }
    }
}
