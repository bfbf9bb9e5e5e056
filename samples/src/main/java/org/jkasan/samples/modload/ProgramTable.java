package org.jkasan.samples.modload;

/** The program headers, validated, in a vmalloc'ed array of eight words a row. */
final class ProgramTable {

    private static final int ROW = 8;
    private static final int TYPE = 0;
    private static final int OFFSET = 1;
    private static final int ADDRESS = 2;
    private static final int FILE_SIZE = 3;
    private static final int MEMORY_SIZE = 4;
    private static final int ALIGN = 5;

    /** Where the words of a row lie in a program header of the file. */
    private static final int[] FIELDS = {0, 8, 16, 32, 40, 48};

    private final long[] rows;
    private final int count;

    private ProgramTable(long[] rows, int count) {
        this.rows = rows;
        this.count = count;
    }

    static ProgramTable read(LoadContext context, Image image, ElfHeader header)
            throws BadModuleException {
        int count = header.programCount();
        ProgramTable table = new ProgramTable(context.devres().longs(count * ROW), count);
        for (int i = 0; i < count; i++) {
            long at = header.programOffset() + (long) i * Elf.PROGRAM_HEADER_SIZE;
            table.rows[i * ROW + TYPE] = image.u32(at);
            for (int field = OFFSET; field <= ALIGN; field++) {
                table.rows[i * ROW + field] = image.u64(at + FIELDS[field]);
            }
            table.check(i, image);
        }
        return table;
    }

    private void check(int i, Image image) throws BadModuleException {
        image.require(word(i, OFFSET), word(i, FILE_SIZE), "segment " + i);
        if (type(i) != Elf.PT_LOAD) {
            return;
        }
        if (Long.compareUnsigned(word(i, FILE_SIZE), word(i, MEMORY_SIZE)) > 0) {
            throw new BadModuleException(
                    "segment %d has 0x%x bytes in the file, more than its 0x%x in memory"
                            .formatted(i, word(i, FILE_SIZE), word(i, MEMORY_SIZE)));
        }
        long align = word(i, ALIGN);
        if (align != 0 && !Range.isPowerOfTwo(align)) {
            throw new BadModuleException(
                    "segment %d has alignment 0x%x, expected a power of two".formatted(i, align));
        }
    }

    int count() {
        return count;
    }

    int type(int i) {
        return (int) word(i, TYPE);
    }

    /** How many segments are to be loaded. */
    int loadable() {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (type(i) == Elf.PT_LOAD) {
                found++;
            }
        }
        return found;
    }

    /** The first segment of a type, or -1. */
    int find(int type) {
        for (int i = 0; i < count; i++) {
            if (type(i) == type) {
                return i;
            }
        }
        return -1;
    }

    long address(int i) {
        return word(i, ADDRESS);
    }

    long memorySize(int i) {
        return word(i, MEMORY_SIZE);
    }

    /** Puts a segment elsewhere, as a hostile file may. */
    void move(int i, long address, long memorySize) {
        rows[i * ROW + ADDRESS] = address;
        rows[i * ROW + MEMORY_SIZE] = memorySize;
    }

    private long word(int i, int field) {
        return rows[i * ROW + field];
    }
}
