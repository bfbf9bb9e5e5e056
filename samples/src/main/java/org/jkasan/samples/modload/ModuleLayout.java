package org.jkasan.samples.modload;

/** Where each section lies in the module's memory. */
final class ModuleLayout {

    /*
     * A linked file (DYN, EXEC) keeps the distances that its linker chose: offset = address - the
     * page of the lowest address. An object file (REL) has none yet: its sections are laid out as
     * the kernel does it, code first, then what is only read, then data, each where its alignment
     * allows. Sections never overlap, so the one that holds a place is found by binary search.
     */

    /** What one module may occupy, in bytes. */
    private static final long LARGEST = 256L << 20;

    private static final long PAGE = 4096;
    private static final long NOWHERE = -1;

    private final SectionTable sections;

    /** By section: its offset in module memory, or {@link #NOWHERE}. */
    private final long[] offsets;

    /** The sections that have memory, by offset. */
    private final int[] order;

    private int placed;
    private long lowest;
    private long size;

    private ModuleLayout(SectionTable sections, long[] offsets, int[] order) {
        this.sections = sections;
        this.offsets = offsets;
        this.order = order;
    }

    static ModuleLayout of(
            LoadContext context, ElfHeader header, SectionTable sections, SectionNames names)
            throws BadModuleException {
        int count = sections.count();
        ModuleLayout layout =
                new ModuleLayout(
                        sections, context.devres().longs(count), context.devres().ints(count));
        for (int i = 0; i < count; i++) {
            layout.offsets[i] = NOWHERE;
        }
        if (header.isRelocatable()) {
            layout.placeGroup(Elf.SHF_EXECINSTR, 0, names);
            layout.placeGroup(0, Elf.SHF_EXECINSTR | Elf.SHF_WRITE, names);
            layout.placeGroup(Elf.SHF_WRITE, Elf.SHF_EXECINSTR, names);
        } else {
            layout.placeLinked(names);
        }
        if (layout.size == 0) {
            throw new BadModuleException("has no section that occupies memory");
        }
        return layout;
    }

    /** Thread-local zeroes are a template of nothing: they occupy no memory of the module. */
    private boolean hasMemory(int i) {
        boolean threadZeroes =
                sections.type(i) == Elf.SHT_NOBITS && (sections.flags(i) & Elf.SHF_TLS) != 0;
        return sections.isAllocated(i) && !threadZeroes;
    }

    private void placeGroup(long wanted, long unwanted, SectionNames names)
            throws BadModuleException {
        for (int i = 0; i < sections.count(); i++) {
            long flags = sections.flags(i);
            if (hasMemory(i) && (flags & wanted) == wanted && (flags & unwanted) == 0) {
                place(i, Range.alignUp(size, Math.max(1, sections.align(i))), names);
            }
        }
    }

    private void placeLinked(SectionNames names) throws BadModuleException {
        int count = 0;
        for (int i = 0; i < sections.count(); i++) {
            if (hasMemory(i)) {
                order[count++] = i;
            }
        }
        if (count == 0) {
            return;
        }
        SectionSort.byAddress(sections, order, count);
        lowest = sections.address(order[0]) & -PAGE;
        for (int k = 0; k < count; k++) {
            int i = order[k];
            long address = sections.address(i);
            if ((address & (Math.max(1, sections.align(i)) - 1)) != 0) {
                throw new BadModuleException(
                        "%s has address 0x%x, no multiple of its alignment 0x%x"
                                .formatted(names.describe(i), address, sections.align(i)));
            }
            long offset = address - lowest;
            if (Long.compareUnsigned(offset, LARGEST) <= 0 && offset < size) {
                throw new BadModuleException(
                        "%s overlaps %s in memory"
                                .formatted(names.describe(i), names.describe(order[k - 1])));
            }
            place(i, offset, names);
        }
    }

    private void place(int i, long offset, SectionNames names) throws BadModuleException {
        if (Long.compareUnsigned(offset, LARGEST) > 0
                || !Range.fits(offset, sections.size(i), LARGEST)) {
            throw new BadModuleException(
                    "%s of 0x%x bytes makes the module larger than 0x%x bytes"
                            .formatted(names.describe(i), sections.size(i), LARGEST));
        }
        offsets[i] = offset;
        order[placed++] = i;
        size = offset + sections.size(i);
    }

    /** Bytes that the sections occupy. */
    long size() {
        return size;
    }

    /** How many sections have memory. */
    int placed() {
        return placed;
    }

    /** The virtual address, in the file's terms, of offset 0; 0 in an object file. */
    long lowest() {
        return lowest;
    }

    boolean isPlaced(int i) {
        return offsets[i] != NOWHERE;
    }

    long offset(int i) {
        return offsets[i];
    }

    /** Whether so many bytes from an offset on lie in one section. */
    boolean holds(long offset, int width) {
        int low = 0;
        int high = placed - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (Long.compareUnsigned(offsets[order[middle]], offset) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int i = order[low];
        return Range.fits(offset - offsets[i], width, sections.size(i));
    }
}
