package org.jkasan.samples.modload;

/** A symbol table, validated, in one vmalloc'ed array a column. */
final class SymbolTable {

    private final int section;
    private final int count;
    private final long[] values;
    private final int[] sections;
    private final byte[] info;
    private final StringTable strings;

    private SymbolTable(int section, int count, Devres devres, StringTable strings)
            throws BadModuleException {
        this.section = section;
        this.count = count;
        this.values = devres.longs(count);
        this.sections = devres.ints(count);
        this.info = devres.bytes(count);
        this.strings = strings;
    }

    static SymbolTable read(
            LoadContext context, Image image, SectionTable sections, SectionNames names, int i)
            throws BadModuleException {
        String what = names.describe(i);
        int count = sections.entries(i, Elf.SYMBOL_SIZE, what);
        int link = sections.link(i);
        if (link <= 0 || link >= sections.count()) {
            throw new BadModuleException(
                    "%s has its names in section %s, expected one of 1 to %d"
                            .formatted(what, Integer.toUnsignedString(link), sections.count() - 1));
        }
        StringTable.requireTerminated(image, sections, link, names.describe(link));
        StringTable strings =
                StringTable.copy(context, image, sections.offset(link), sections.size(link));
        SymbolTable table = new SymbolTable(i, count, context.devres(), strings);
        for (int k = 0; k < count; k++) {
            long at = sections.offset(i) + (long) k * Elf.SYMBOL_SIZE;
            table.info[k] = (byte) image.u8(at + 4);
            table.sections[k] = image.u16(at + 6);
            table.values[k] = image.u64(at + 8);
            table.check(k, image.u32(at), what, sections.count());
        }
        return table;
    }

    private void check(int k, int name, String what, int sectionCount) throws BadModuleException {
        if (!strings.contains(name)) {
            throw new BadModuleException(
                    "symbol %d of %s has its name at 0x%x, past the 0x%x bytes of names"
                            .formatted(k, what, name, strings.size()));
        }
        int in = sections[k];
        if (in >= sectionCount && in < Elf.SHN_LORESERVE) {
            throw new BadModuleException(
                    "symbol %d of %s is in section %d, past the %d there are"
                            .formatted(k, what, in, sectionCount));
        }
    }

    /** Frees the columns. */
    void free(Devres devres) {
        devres.free(values);
        devres.free(sections);
        devres.free(info);
    }

    /** The section that this table is. */
    int section() {
        return section;
    }

    int count() {
        return count;
    }

    StringTable strings() {
        return strings;
    }

    long value(int k) {
        return values[k]; // BUG: stale-symbols
    }

    /** The section index of a symbol, among them the reserved ones. */
    int sectionOf(int k) {
        return sections[k];
    }

    int binding(int k) {
        return (info[k] & 0xff) >>> 4;
    }

    int type(int k) {
        return info[k] & 0xf;
    }
}
