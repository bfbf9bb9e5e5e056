package org.jkasan.samples.modload;

/** Section headers as lines of text, in the columns that {@code readelf -SW} has. */
final class SectionText {

    static final String HEADING =
            "  [Nr] Name              Type            Address          Off    Size   ES Flg Lk Inf"
                    + " Al";

    /** The letters of the flags, by bit from the lowest; blank where a bit has none. */
    private static final String FLAG_LETTERS = "WAX MSILOGTC";

    private static final long EXCLUDE = 0x80000000L;
    private static final long OS_SPECIFIC = 0x0ff00000L;
    private static final long PROCESSOR_SPECIFIC = 0xf0000000L;

    private SectionText() {}

    static String line(SectionTable sections, int i, String name) {
        return "  [%2d] %-17s %-15s %016x %06x %06x %02x %3s %2s %3s %2s"
                .formatted(
                        i,
                        name,
                        type(sections.type(i)),
                        sections.address(i),
                        sections.offset(i),
                        sections.size(i),
                        sections.entrySize(i),
                        flags(sections.flags(i)),
                        Integer.toUnsignedString(sections.link(i)),
                        Integer.toUnsignedString(sections.info(i)),
                        Long.toUnsignedString(sections.align(i)));
    }

    static String type(int type) {
        return switch (type) {
            case 0 -> "NULL";
            case 1 -> "PROGBITS";
            case 2 -> "SYMTAB";
            case 3 -> "STRTAB";
            case 4 -> "RELA";
            case 5 -> "HASH";
            case 6 -> "DYNAMIC";
            case 7 -> "NOTE";
            case 8 -> "NOBITS";
            case 9 -> "REL";
            case 11 -> "DYNSYM";
            case 14 -> "INIT_ARRAY";
            case 15 -> "FINI_ARRAY";
            case 16 -> "PREINIT_ARRAY";
            case 17 -> "GROUP";
            case 19 -> "RELR";
            case 0x6ffffff6 -> "GNU_HASH";
            case 0x6ffffffd -> "VERDEF";
            case 0x6ffffffe -> "VERNEED";
            case 0x6fffffff -> "VERSYM";
            default -> "0x%08x".formatted(type);
        };
    }

    static String flags(long flags) {
        StringBuilder text = new StringBuilder();
        long rest = flags;
        for (int bit = 0; bit < FLAG_LETTERS.length(); bit++) {
            if ((rest & 1L << bit) != 0 && FLAG_LETTERS.charAt(bit) != ' ') {
                text.append(FLAG_LETTERS.charAt(bit));
                rest &= ~(1L << bit);
            }
        }
        if ((rest & EXCLUDE) != 0) {
            text.append('E');
            rest &= ~EXCLUDE;
        }
        if ((rest & OS_SPECIFIC) != 0) {
            text.append('o');
            rest &= ~OS_SPECIFIC;
        }
        if ((rest & PROCESSOR_SPECIFIC) != 0) {
            text.append('p');
            rest &= ~PROCESSOR_SPECIFIC;
        }
        return rest == 0 ? text.toString() : text.append('x').toString();
    }
}
