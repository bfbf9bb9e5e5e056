package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.MEMORY_PER_SHADOW_PAGE;

import org.jkasan.check.Sanitizer;
import org.jkasan.shadow.Shadow;

/**
 * The shadow of the module area in a kernel with KASAN and without KASAN_VMALLOC: real, and
 * allocated with each module.
 */
final class ModuleShadow extends RealShadow implements ModuleKasan {

    /*
     *   modules  [ a         |g]      [ b       |g]            [ c |g]
     *   shadow   [ page 0 ][ page 1 ][ page 2 ]      none     [ page ]
     *
     * A module begins at a multiple of the 32 KiB that a page of shadow describes, so no two share a
     * page, and each has those that its own bytes need. Nothing is behind them: the guard page of a
     * module that fills its last 32 KiB has no shadow, nor has anything that is no module.
     *
     * At first all of a module may be accessed, what follows it in its last 32 KiB too. Whoever owns
     * bytes that may not be, such as the redzones of the module's globals, closes them. The shadow
     * goes with the module, before its pages are unmapped.
     *
     * Source: kasan_alloc_module_shadow and kasan_free_module_shadow.
     */

    private final Purges purges;
    private final KernelLog log;

    ModuleShadow(VmallocMachine machine, Sanitizer sanitizer, KernelWindow window) {
        super(window, sanitizer, machine.ram());
        this.purges = machine.purges();
        this.log = machine.log();
    }

    @Override
    public long alignment() {
        return MEMORY_PER_SHADOW_PAGE;
    }

    @Override
    public int vmFlags() {
        return VmFlags.KASAN;
    }

    @Override
    public boolean alloc(long start, long size) {
        if (make(start, start + size)) {
            return true;
        }
        purges.purge();
        if (make(start, start + size)) {
            return true;
        }
        long bytes = MemoryLayout.pageAlign((size - 1) / Shadow.GRANULE_SIZE + 1);
        log.print("vmalloc error: size " + bytes + ", failed to allocate pages");
        return false;
    }

    @Override
    public boolean populate(long start, long end) {
        return true;
    }

    @Override
    public void unpoison(long start, long size) {}

    @Override
    public void resize(long start, long oldSize, long size) {}

    /** Frees a module's shadow with it. */
    @Override
    public void poison(long start, long size) {
        giveUp(start, start + size);
    }

    @Override
    public void release(long start, long end) {}
}
