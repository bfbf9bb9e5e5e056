package org.jkasan.mm;

/**
 * What a kernel's memory is like.
 *
 * @param layout the addresses of the architecture
 * @param ram bytes of RAM, a multiple of the page size
 * @param cpus online CPUs
 * @param vmallocSize bytes of vmalloc space that can be used, a multiple of 32 KiB
 * @param kasanVmalloc whether vmalloc space is to have real shadow, if there is KASAN and the
 *     architecture can: CONFIG_KASAN_VMALLOC
 * @param hugeVmalloc whether vmalloc may map pages of 2 MiB for those who allow it
 * @param lazyMaxPages pages of freed areas, guard pages among them, that may wait for a purge, and
 *     as many that a purge may keep for their next use; with 0 every free is purged at once
 */
public record MemoryConfig(
        MemoryLayout layout,
        long ram,
        int cpus,
        long vmallocSize,
        boolean kasanVmalloc,
        boolean hugeVmalloc,
        long lazyMaxPages) {

    /** With as many pages waiting as the kernel has with so many CPUs. */
    public MemoryConfig(
            MemoryLayout layout,
            long ram,
            int cpus,
            long vmallocSize,
            boolean kasanVmalloc,
            boolean hugeVmalloc) {
        this(layout, ram, cpus, vmallocSize, kasanVmalloc, hugeVmalloc, LazyPurge.maxPages(cpus));
    }

    /** The same with huge pages. */
    public MemoryConfig(
            MemoryLayout layout, long ram, int cpus, long vmallocSize, boolean kasanVmalloc) {
        this(layout, ram, cpus, vmallocSize, kasanVmalloc, true);
    }

    /** The same with real shadow. */
    public MemoryConfig withKasanVmalloc() {
        return new MemoryConfig(layout, ram, cpus, vmallocSize, true, hugeVmalloc, lazyMaxPages);
    }

    /** The same with so many pages waiting. */
    public MemoryConfig withLazyMaxPages(long pages) {
        return new MemoryConfig(layout, ram, cpus, vmallocSize, kasanVmalloc, hugeVmalloc, pages);
    }

    /** The same with nothing waiting and nothing kept. */
    public MemoryConfig strict() {
        return withLazyMaxPages(0);
    }
}
