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
 */
public record MemoryConfig(
        MemoryLayout layout,
        long ram,
        int cpus,
        long vmallocSize,
        boolean kasanVmalloc,
        boolean hugeVmalloc) {

    /** With huge pages. */
    public MemoryConfig(
            MemoryLayout layout, long ram, int cpus, long vmallocSize, boolean kasanVmalloc) {
        this(layout, ram, cpus, vmallocSize, kasanVmalloc, true);
    }
}
