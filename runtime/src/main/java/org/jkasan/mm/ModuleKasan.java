package org.jkasan.mm;

/** What KASAN does for a module beyond what it does for every area. */
interface ModuleKasan {

    /** Nothing: without KASAN, and with KASAN_VMALLOC, where the area's shadow is the module's. */
    ModuleKasan OF_VMALLOC =
            new ModuleKasan() {
                @Override
                public long alignment() {
                    return MemoryLayout.PAGE_SIZE;
                }

                @Override
                public int vmFlags() {
                    return 0;
                }

                @Override
                public boolean alloc(long start, long size) {
                    return true;
                }
            };

    /** MODULE_ALIGN: what a module's address is a multiple of. */
    long alignment();

    /** The {@link VmFlags} of a module's area that say so. */
    int vmFlags();

    /**
     * Makes the shadow of a module that was just allocated: kasan_alloc_module_shadow. It goes with
     * the module's area.
     *
     * @return false where RAM has no pages for it
     */
    boolean alloc(long start, long size);
}
