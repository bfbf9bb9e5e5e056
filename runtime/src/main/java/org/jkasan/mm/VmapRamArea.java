package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import org.jkasan.report.Track;
import org.jkasan.report.VmallocRegion;

/**
 * The use of an area for vm_map_ram: as a block of which mappings are made, or for one mapping that
 * is too large for that. It has no guard page, owns no pages, and vfree does not know it: the
 * kernel has no vm_struct for it, but the flags VMAP_RAM and VMAP_BLOCK.
 */
final class VmapRamArea extends VmStruct {

    /** The block that the area is, or null. */
    final VmapBlock block;

    private VmapRamArea(long size, VmapBlock block, Track mapped) {
        super(size, VmFlags.NO_GUARD, false, mapped, true);
        this.block = block;
    }

    /** For one mapping of so many bytes. */
    static VmapRamArea of(long size, Track mapped) {
        return new VmapRamArea(size, null, mapped);
    }

    /** As a block. */
    static VmapRamArea of(VmapBlock block) {
        return new VmapRamArea(block.area.size(), block, null);
    }

    /** No array's, and nothing that can be freed as if it were anybody's. */
    @Override
    boolean isOf(Object owner) {
        return false;
    }

    @Override
    boolean hasPage(long page) {
        return block == null ? super.hasPage(page) : block.isUsed((int) page);
    }

    @Override
    long ownPages() {
        return 0;
    }

    @Override
    long boundPages() {
        return block == null ? super.boundPages() : block.usedPages();
    }

    @Override
    long accessible(long offset) {
        if (block == null) {
            return super.accessible(offset);
        }
        return hasPage(offset >>> PAGE_SHIFT) ? PAGE_SIZE - (offset & MemoryLayout.PAGE_MASK) : 0;
    }

    @Override
    VmallocRegion region(long start, long addr) {
        return block == null ? region(start) : block.describe(addr);
    }

    /**
     * The mapping that begins at an address, live or ended since; null if none does.
     *
     * @param start of the area
     * @param addr in the area
     */
    VmStruct mapping(long start, long addr) {
        if (block == null) {
            return addr == start ? this : null;
        }
        return block.map(block.page(addr));
    }
}
