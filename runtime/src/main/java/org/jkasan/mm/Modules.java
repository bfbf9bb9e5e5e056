package org.jkasan.mm;

/**
 * Memory for kernel modules, from the module area: [MODULES_VADDR, MODULES_END). Each module has an
 * area of its own, with a guard page behind it, as in vmalloc space. Thread-safe.
 *
 * <p>Where vmalloc space has real shadow, a module's shadow is its area's: what was asked for may
 * be accessed, no byte more, and modules begin at any page. In a kernel with KASAN but without it,
 * a module begins at a multiple of 32 KiB and gets shadow of its own, which lets everything pass
 * that nobody closes.
 *
 * <p>Source: module_alloc.
 */
public final class Modules {

    private final AreaRequests requests;
    private final AreaAllocator areas;
    private final ModuleKasan kasan;
    private final Vmalloc vmalloc;

    Modules(VmallocSpaces spaces, Vmalloc vmalloc) {
        this.requests = spaces.modules().requests();
        this.areas = spaces.modules().allocator();
        this.kasan = spaces.moduleKasan();
        this.vmalloc = vmalloc;
    }

    /**
     * Allocates memory for a module, which holds whatever was there: module_alloc. It fails as
     * vmalloc does: with a size of 0, with one larger than RAM, and where the module area, or RAM,
     * has no room even after a purge.
     *
     * @param size bytes, unsigned
     * @return its kernel address, the start of a page; 0 on failure, after a warning
     */
    public long moduleAlloc(long size) {
        VmallocRequest request =
                requests.request(size).aligned(kasan.alignment()).flagged(kasan.vmFlags());
        if (!requests.admits(request)) {
            return 0;
        }
        long addr = areas.allocate(request);
        if (addr == AreaAllocator.NONE) {
            return 0;
        }
        if (!kasan.alloc(addr, size)) {
            areas.free(addr, null, null);
            return 0;
        }
        return addr;
    }

    /**
     * Frees a module's memory, and whatever else {@link Vmalloc#vfree(long)} frees, as it does, for
     * it is the same: module_memfree.
     *
     * @throws org.jkasan.report.KasanError for a double free with {@code kasan.fault=throw}
     */
    public void moduleFree(long addr) {
        vmalloc.vfree(addr);
    }
}
