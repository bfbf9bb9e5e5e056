package org.jkasan.mm;

import java.util.BitSet;
import org.jkasan.report.Track;

/** What an area of a percpu chunk is used for. Its pages come and go while it is in use. */
final class PercpuVm extends VmStruct {

    private final PercpuAreas owner;

    /**
     * The pages that are mapped; the owner's caller sees to it that one thread at a time is here.
     */
    private final BitSet mapped = new BitSet();

    PercpuVm(PercpuAreas owner, long size, Track allocated) {
        super(size, VmFlags.ALLOC, allocated);
        this.owner = owner;
    }

    void map(int page, int count) {
        mapped.set(page, page + count);
    }

    void unmap(int page, int count) {
        mapped.clear(page, page + count);
    }

    boolean isOfPercpu(PercpuAreas areas) {
        return owner == areas;
    }

    @Override
    boolean isMapped() {
        return false;
    }

    @Override
    boolean hasPage(long page) {
        return mapped.get((int) page);
    }

    @Override
    long ownPages() {
        return mapped.cardinality();
    }

    /** The chunk owns them, not the area. */
    @Override
    long ownedFromTheStart() {
        return 0;
    }

    /** Nobody else's: vfree refuses the address, where the kernel would tear the chunk apart. */
    @Override
    boolean isOf(Object array) {
        return false;
    }
}
