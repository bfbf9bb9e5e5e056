package org.jkasan.mm;

/** The numbers of an architecture by their names; {@link MemoryLayout} says what each is. */
final class LayoutBuilder {

    private long kernelStart;
    private long userEnd;
    private long directMapStart;
    private long directMapSize;
    private long vmallocStart;
    private long vmallocSize;
    private long modulesStart;
    private long modulesEnd;
    private long dataStart;
    private long kasanShadowOffset;
    private boolean hasKasanVmalloc;
    private FaultWords faults;

    /** Nothing is set. */
    LayoutBuilder() {}

    /** Everything is set as it is there. */
    LayoutBuilder(MemoryLayout layout) {
        kernelStart = layout.kernelStart();
        userEnd = layout.userEnd();
        directMapStart = layout.directMapStart();
        directMapSize = layout.directMapSize();
        vmallocStart = layout.vmallocStart();
        vmallocSize = layout.vmallocSize();
        modulesStart = layout.modulesStart();
        modulesEnd = layout.modulesEnd();
        dataStart = layout.dataStart();
        kasanShadowOffset = layout.kasanShadowOffset();
        hasKasanVmalloc = layout.hasKasanVmalloc();
        faults = layout.faults();
    }

    LayoutBuilder kernelStart(long addr) {
        kernelStart = addr;
        return this;
    }

    /** TASK_SIZE_MAX. */
    LayoutBuilder userEnd(long addr) {
        userEnd = addr;
        return this;
    }

    /** PAGE_OFFSET, and the most RAM. */
    LayoutBuilder directMap(long start, long size) {
        directMapStart = start;
        directMapSize = size;
        return this;
    }

    /** VMALLOC_START, and all of vmalloc space. */
    LayoutBuilder vmalloc(long start, long size) {
        vmallocStart = start;
        vmallocSize = size;
        return this;
    }

    /** MODULES_VADDR and MODULES_END. */
    LayoutBuilder modules(long start, long end) {
        modulesStart = start;
        modulesEnd = end;
        return this;
    }

    /** Where the kernel image has its global variables. */
    LayoutBuilder data(long start) {
        dataStart = start;
        return this;
    }

    /** KASAN_SHADOW_OFFSET. */
    LayoutBuilder kasanShadowOffset(long addr) {
        kasanShadowOffset = addr;
        return this;
    }

    /** HAVE_ARCH_KASAN_VMALLOC; not so unless said. */
    LayoutBuilder hasKasanVmalloc(boolean has) {
        hasKasanVmalloc = has;
        return this;
    }

    LayoutBuilder faults(FaultWords words) {
        faults = words;
        return this;
    }

    /**
     * The layout.
     *
     * @throws IllegalStateException that names what was not set
     */
    MemoryLayout build() {
        require(kernelStart != 0, "kernelStart");
        require(userEnd != 0, "userEnd");
        require(directMapStart != 0 && directMapSize != 0, "directMap");
        require(vmallocStart != 0 && vmallocSize != 0, "vmalloc");
        require(modulesStart != 0 && modulesEnd != 0, "modules");
        require(dataStart != 0, "data");
        require(kasanShadowOffset != 0, "kasanShadowOffset");
        require(faults != null, "faults");
        return new MemoryLayout(
                kernelStart,
                userEnd,
                directMapStart,
                directMapSize,
                vmallocStart,
                vmallocSize,
                modulesStart,
                modulesEnd,
                dataStart,
                kasanShadowOffset,
                hasKasanVmalloc,
                faults);
    }

    private static void require(boolean set, String name) {
        if (!set) {
            throw new IllegalStateException(
                    "An architecture needs " + name + ", which was not set; add it to its page.");
        }
    }
}
