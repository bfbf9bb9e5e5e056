package org.jkasan.samples.modload;

/**
 * The validated ELF header. Counts that overflow their 16 bits are resolved through section 0.
 *
 * @param type {@link Elf#REL}, {@link Elf#EXEC} or {@link Elf#DYN}
 * @param machine the processor
 * @param entry virtual address of the entry point
 * @param programOffset where the program headers lie in the file
 * @param programCount how many there are
 * @param sectionOffset where the section headers lie in the file
 * @param sectionCount how many there are, at least 1
 * @param namesIndex the section of the section names
 */
record ElfHeader(
        int type,
        Machine machine,
        long entry,
        long programOffset,
        int programCount,
        long sectionOffset,
        int sectionCount,
        int namesIndex) {

    static final int ENTRY = 24;

    private static final int CLASS = 4;
    private static final int DATA = 5;
    private static final int IDENT_VERSION = 6;
    private static final int TYPE = 16;
    private static final int MACHINE = 18;
    private static final int VERSION = 20;
    private static final int PROGRAM_OFFSET = 32;
    private static final int SECTION_OFFSET = 40;
    private static final int SIZE = 52;
    private static final int PROGRAM_ENTRY_SIZE = 54;
    private static final int PROGRAM_COUNT = 56;
    private static final int SECTION_ENTRY_SIZE = 58;
    private static final int SECTION_COUNT = 60;
    private static final int NAMES_INDEX = 62;

    /** In section header 0: where the counts are that the ELF header has no room for. */
    private static final int SECTION0_SIZE = 32;

    private static final int SECTION0_LINK = 40;
    private static final int SECTION0_INFO = 44;

    static ElfHeader parse(Image image) throws BadModuleException {
        checkIdentity(image);
        int type = image.u16(TYPE);
        if (type < Elf.REL || type > Elf.DYN) {
            throw new BadModuleException(
                    "has type %d, expected 1 (REL), 2 (EXEC) or 3 (DYN)".formatted(type));
        }
        Machine machine = Machine.of(image.u16(MACHINE));
        expect(image.u32(VERSION), Elf.CURRENT_VERSION, "version");
        expect(image.u16(SIZE), Elf.HEADER_SIZE, "ELF header size");
        long sections = image.u64(SECTION_OFFSET);
        if (sections == 0) {
            throw new BadModuleException("has no section headers, which a module needs");
        }
        expect(image.u16(SECTION_ENTRY_SIZE), Elf.SECTION_HEADER_SIZE, "section header size");
        image.require(sections, Elf.SECTION_HEADER_SIZE, "the first section header");
        int sectionCount = sectionCount(image, sections);
        int programCount = programCount(image, sections);
        if (programCount != 0) {
            expect(image.u16(PROGRAM_ENTRY_SIZE), Elf.PROGRAM_HEADER_SIZE, "program header size");
        }
        return new ElfHeader(
                type,
                machine,
                image.u64(ENTRY),
                programCount == 0 ? 0 : image.u64(PROGRAM_OFFSET),
                programCount,
                sections,
                sectionCount,
                namesIndex(image, sections, sectionCount));
    }

    private static void checkIdentity(Image image) throws BadModuleException {
        if (image.u32(0) != Elf.MAGIC) {
            throw new BadModuleException(
                    "is no ELF file: it begins with %02x %02x %02x %02x%s, expected 7f 45 4c 46"
                            .formatted(
                                    image.u8(0),
                                    image.u8(1),
                                    image.u8(2),
                                    image.u8(3),
                                    otherFormat(image.u32(0))));
        }
        if (image.u8(CLASS) != Elf.CLASS_64) {
            throw new BadModuleException(
                    "has ELF class %d, expected 2 (64-bit)".formatted(image.u8(CLASS)));
        }
        if (image.u8(DATA) != Elf.LITTLE_ENDIAN) {
            throw new BadModuleException(
                    "has data encoding %d, expected 1 (little endian)".formatted(image.u8(DATA)));
        }
        expect(image.u8(IDENT_VERSION), Elf.CURRENT_VERSION, "identification version");
    }

    private static String otherFormat(int magic) {
        return switch (magic) {
            case 0xfeedfacf, 0xfeedface, 0xbebafeca -> " (Mach-O, the format of macOS)";
            default -> "";
        };
    }

    private static int sectionCount(Image image, long sections) throws BadModuleException {
        int count = image.u16(SECTION_COUNT);
        long resolved = count == 0 ? image.u64(sections + SECTION0_SIZE) : count;
        // Divided, not multiplied: a wild count must not wrap.
        if (Long.compareUnsigned(resolved, image.size() / Elf.SECTION_HEADER_SIZE) > 0) {
            throw new BadModuleException(
                    "claims %s section headers, more than a file of %d bytes can hold"
                            .formatted(Long.toUnsignedString(resolved), image.size()));
        }
        if (resolved == 0) {
            throw new BadModuleException("has no section headers, which a module needs");
        }
        image.require(sections, resolved * Elf.SECTION_HEADER_SIZE, "the section header table");
        return (int) resolved;
    }

    private static int programCount(Image image, long sections) throws BadModuleException {
        int count = image.u16(PROGRAM_COUNT);
        long resolved =
                count == Elf.PN_XNUM
                        ? Integer.toUnsignedLong(image.u32(sections + SECTION0_INFO))
                        : count;
        if (resolved != 0) {
            image.require(
                    image.u64(PROGRAM_OFFSET),
                    resolved * Elf.PROGRAM_HEADER_SIZE,
                    "the program header table");
        }
        return (int) resolved;
    }

    private static int namesIndex(Image image, long sections, int count) throws BadModuleException {
        int index = image.u16(NAMES_INDEX);
        if (index == Elf.SHN_XINDEX) {
            index = image.u32(sections + SECTION0_LINK);
        }
        if (index <= 0 || index >= count) {
            throw new BadModuleException(
                    "has its section names in section %s, expected one of 1 to %d"
                            .formatted(Integer.toUnsignedString(index), count - 1));
        }
        return index;
    }

    private static void expect(int value, int expected, String what) throws BadModuleException {
        if (value != expected) {
            throw new BadModuleException(
                    "has %s %s, expected %d"
                            .formatted(what, Integer.toUnsignedString(value), expected));
        }
    }

    /** Whether addresses in the file are offsets in sections, as in an object file. */
    boolean isRelocatable() {
        return type == Elf.REL;
    }

    String typeName() {
        return switch (type) {
            case Elf.REL -> "REL";
            case Elf.EXEC -> "EXEC";
            default -> "DYN";
        };
    }
}
