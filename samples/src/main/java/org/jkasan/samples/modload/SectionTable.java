package org.jkasan.samples.modload;

import org.jkasan.mm.KernelMemory;

/** The section headers, validated, in a vmalloc'ed table at a kernel address. */
final class SectionTable {

    /*
     * struct table {                        struct row {
     *     u32 count;           0                u64 flags;      0     u32 name;  48
     *     u32 unused;          4                u64 address;    8     u32 type;  52
     *     struct row rows[];   8                u64 offset;    16     u32 link;  56
     * };                                        u64 size;      24     u32 info;  60
     *                                           u64 align;     32
     *                                           u64 entrySize; 40
     *                                       };
     *
     * Rows are 64 bytes behind a header of 8, so the table never fills its last page: what lies
     * behind row [count] is mapped, and only KASAN knows that it is no row.
     */
    private static final int HEADER = 8;

    private static final int ROW = 64;
    private static final int FLAGS = 0;
    private static final int ADDRESS = 8;
    private static final int OFFSET = 16;
    private static final int SIZE = 24;
    private static final int ALIGN = 32;
    private static final int ENTRY_SIZE = 40;
    private static final int NAME = 48;
    private static final int TYPE = 52;
    private static final int LINK = 56;
    private static final int INFO = 60;

    /** Module memory begins at a page, so it cannot give more than that. */
    private static final long LARGEST_ALIGN = 4096;

    private final KernelMemory memory;
    private final long table;
    private final int count;

    private SectionTable(KernelMemory memory, long table, int count) {
        this.memory = memory;
        this.table = table;
        this.count = count;
    }

    static SectionTable read(LoadContext context, Image image, ElfHeader header)
            throws BadModuleException {
        int count = header.sectionCount();
        long addr = context.devres().area(HEADER + (long) count * ROW);
        SectionTable table = new SectionTable(context.memory(), addr, count);
        context.memory().storeLong(addr, count);
        for (int i = 0; i < count; i++) {
            table.copyRow(i, image, header.sectionOffset() + (long) i * Elf.SECTION_HEADER_SIZE);
            table.check(i, image);
        }
        int names = header.namesIndex();
        if (table.type(names) != Elf.SHT_STRTAB) {
            throw new BadModuleException(
                    "has its section names in section %d of type 0x%x, expected 3 (STRTAB)"
                            .formatted(names, table.type(names)));
        }
        return table;
    }

    private void copyRow(int i, Image image, long at) {
        long row = row(i);
        memory.storeInt(row + NAME, image.u32(at));
        memory.storeInt(row + TYPE, image.u32(at + 4));
        memory.storeLong(row + FLAGS, image.u64(at + 8));
        memory.storeLong(row + ADDRESS, image.u64(at + 16));
        memory.storeLong(row + OFFSET, image.u64(at + 24));
        memory.storeLong(row + SIZE, image.u64(at + 32));
        memory.storeInt(row + LINK, image.u32(at + 40));
        memory.storeInt(row + INFO, image.u32(at + 44));
        memory.storeLong(row + ALIGN, image.u64(at + 48));
        memory.storeLong(row + ENTRY_SIZE, image.u64(at + 56));
    }

    private void check(int i, Image image) throws BadModuleException {
        if (type(i) == Elf.SHT_NULL) {
            return;
        }
        if (type(i) != Elf.SHT_NOBITS) {
            image.require(offset(i), size(i), "section " + i);
        }
        long align = align(i);
        if (align != 0 && !Range.isPowerOfTwo(align)) {
            throw new BadModuleException(
                    "section %d has alignment 0x%x, expected a power of two".formatted(i, align));
        }
        if (isAllocated(i) && Long.compareUnsigned(align, LARGEST_ALIGN) > 0) {
            throw new BadModuleException(
                    "section %d has alignment 0x%x, module memory has at most 0x%x"
                            .formatted(i, align, LARGEST_ALIGN));
        }
    }

    /** How many sections are marked as occupying memory. */
    int allocated(Bug bug) {
        int end = bug == Bug.SECTION_COUNT ? count + 1 : count;
        int found = 0;
        for (int i = 0; i < end; i++) {
            long flags = memory.loadLong(row(i) + FLAGS); // BUG: section-count
            if ((flags & Elf.SHF_ALLOC) != 0) {
                found++;
            }
        }
        return found;
    }

    /** Demands that a section is an array of entries of one size, and says how many. */
    int entries(int i, int entrySize, String what) throws BadModuleException {
        if (entrySize(i) != entrySize || size(i) % entrySize != 0) {
            throw new BadModuleException(
                    "%s has 0x%x bytes in entries of 0x%x, expected whole entries of 0x%x"
                            .formatted(what, size(i), entrySize(i), entrySize));
        }
        return (int) (size(i) / entrySize);
    }

    int count() {
        return count;
    }

    long flags(int i) {
        return memory.loadLong(row(i) + FLAGS);
    }

    boolean isAllocated(int i) {
        return type(i) != Elf.SHT_NULL && (flags(i) & Elf.SHF_ALLOC) != 0;
    }

    long address(int i) {
        return memory.loadLong(row(i) + ADDRESS);
    }

    long offset(int i) {
        return memory.loadLong(row(i) + OFFSET);
    }

    long size(int i) {
        return memory.loadLong(row(i) + SIZE);
    }

    long align(int i) {
        return memory.loadLong(row(i) + ALIGN);
    }

    long entrySize(int i) {
        return memory.loadLong(row(i) + ENTRY_SIZE);
    }

    int nameOffset(int i) {
        return memory.loadInt(row(i) + NAME);
    }

    int type(int i) {
        return memory.loadInt(row(i) + TYPE);
    }

    int link(int i) {
        return memory.loadInt(row(i) + LINK);
    }

    int info(int i) {
        return memory.loadInt(row(i) + INFO);
    }

    private long row(int i) {
        return table + HEADER + (long) i * ROW;
    }
}
