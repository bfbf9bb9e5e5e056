package org.jkasan.samples.modload;

import static org.jkasan.samples.modload.ElfBuilder.join;
import static org.jkasan.samples.modload.ElfBuilder.rela;
import static org.jkasan.samples.modload.ElfBuilder.strings;
import static org.jkasan.samples.modload.ElfBuilder.symbol;
import static org.jkasan.samples.modload.ElfBuilder.words;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Two small ELF files that hold one of everything, and ways to spoil them. */
final class SmallElf {

    static final int DYNSYM = 1;
    static final int DYNSTR = 2;
    static final int RELA_DYN = 3;
    static final int TEXT = 4;
    static final int DYNAMIC = 5;
    static final int DATA = 6;
    static final int TBSS = 7;
    static final int BSS = 8;
    static final int COMMENT = 9;
    static final int SYMTAB = 10;
    static final int STRTAB = 11;
    static final int SHARED_NAMES = 12;

    static final long TEXT_ADDRESS = 0x400;
    static final long DATA_ADDRESS = 0x480;

    static final int OBJECT_TEXT = 1;
    static final int OBJECT_DATA = 3;
    static final int OBJECT_RELA_TEXT = 2;
    static final int OBJECT_RELA_DATA = 4;

    private static final long READ = Elf.SHF_ALLOC;
    private static final long CODE = Elf.SHF_ALLOC | Elf.SHF_EXECINSTR;
    private static final long WRITE = Elf.SHF_ALLOC | Elf.SHF_WRITE;

    private SmallElf() {}

    /** A shared object for x86-64. */
    static byte[] shared() {
        return shared(ElfBuilder.X86_64, 8, 1, 6, 16);
    }

    /** The same for aarch64. */
    static byte[] sharedAarch64() {
        return shared(ElfBuilder.AARCH64, 1027, 257, 1025, 1028);
    }

    private static byte[] shared(int machine, int relative, int absolute, int got, int tls) {
        ElfBuilder elf = new ElfBuilder(Elf.DYN, machine);
        byte[] dynamicSymbols =
                join(
                        symbol(0, 0, 0, Elf.SHN_UNDEF, 0),
                        symbol(1, Elf.STB_GLOBAL, Elf.STT_FUNC, Elf.SHN_UNDEF, 0),
                        symbol(6, Elf.STB_GLOBAL, Elf.STT_FUNC, TEXT, TEXT_ADDRESS + 4),
                        symbol(14, Elf.STB_WEAK, Elf.STT_OBJECT, DATA, DATA_ADDRESS + 8));
        elf.table(".dynsym", Elf.SHT_DYNSYM, READ, 0x200, dynamicSymbols, DYNSTR, 1, 24, 8);
        elf.section(
                ".dynstr",
                Elf.SHT_STRTAB,
                READ,
                0x280,
                strings("", "puts", "jk_init", "jk_data"),
                1);
        byte[] relocations =
                join(
                        rela(DATA_ADDRESS, 0, relative, TEXT_ADDRESS),
                        rela(DATA_ADDRESS + 8, 3, absolute, 4),
                        rela(DATA_ADDRESS + 16, 1, got, 0),
                        rela(DATA_ADDRESS + 24, 2, got, 0),
                        rela(DATA_ADDRESS + 32, 0, tls, 0),
                        rela(DATA_ADDRESS + 40, 0, 99, 0));
        elf.table(".rela.dyn", Elf.SHT_RELA, READ, 0x2c0, relocations, DYNSYM, 0, 24, 8);
        elf.section(".text", 1, CODE, TEXT_ADDRESS, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 16);
        elf.table(
                ".dynamic",
                6,
                WRITE,
                0x440,
                words(Elf.DT_NEEDED, 1, 5, 0x280, Elf.DT_NULL, 0, Elf.DT_NULL, 0),
                DYNSTR,
                0,
                16,
                8);
        elf.section(".data", 1, WRITE, DATA_ADDRESS, words(0, 0, 0, 0, 0, 0x77), 8);
        elf.zeroes(".tbss", WRITE | Elf.SHF_TLS, 0x4b0, 0x20, 8);
        elf.zeroes(".bss", WRITE, 0x4c0, 0x123, 32);
        elf.section(".comment", 1, 0x30, 0, strings("made by hand"), 1);
        byte[] symbols =
                join(
                        symbol(0, 0, 0, Elf.SHN_UNDEF, 0),
                        symbol(1, 0, 4, Elf.SHN_ABS, 0),
                        symbol(6, 0, Elf.STT_OBJECT, DATA, DATA_ADDRESS),
                        symbol(0, 0, Elf.STT_TLS, TBSS, 0),
                        symbol(12, Elf.STB_GLOBAL, Elf.STT_FUNC, TEXT, TEXT_ADDRESS + 4));
        elf.table(".symtab", Elf.SHT_SYMTAB, 0, 0, symbols, STRTAB, 4, 24, 8);
        elf.section(".strtab", Elf.SHT_STRTAB, 0, 0, strings("", "jk.c", "local", "jk_init"), 1);
        elf.segment(Elf.PT_LOAD, 0, 0x4b0, 0x5e3);
        elf.segment(Elf.PT_DYNAMIC, 0x440, 0x40, 0x40);
        return elf.build();
    }

    /** An object file for x86-64. */
    static byte[] object() {
        ElfBuilder elf = new ElfBuilder(Elf.REL, ElfBuilder.X86_64);
        elf.section(".text", 1, CODE, 0, new byte[20], 16);
        byte[] code =
                join(rela(4, 2, 2, -4), rela(8, 3, 4, -4), rela(12, 1, 2, -4), rela(16, 1, 11, 0));
        elf.table(".rela.text", Elf.SHT_RELA, 0x40, 0, code, 8, OBJECT_TEXT, 24, 8);
        elf.section(".data", 1, WRITE, 0, new byte[24], 32);
        byte[] data = join(rela(0, 1, 1, 2), rela(8, 4, 1, 0), rela(16, 2, 24, 0));
        elf.table(".rela.data", Elf.SHT_RELA, 0x40, 0, data, 8, OBJECT_DATA, 24, 8);
        elf.section(".rodata", 1, READ, 0, strings("read only"), 8);
        elf.section(".debug_info", 1, 0, 0, new byte[8], 1);
        elf.table(".rela.debug_info", Elf.SHT_RELA, 0x40, 0, rela(0, 1, 10, 0), 8, 6, 24, 8);
        byte[] symbols =
                join(
                        symbol(0, 0, 0, Elf.SHN_UNDEF, 0),
                        symbol(1, Elf.STB_GLOBAL, Elf.STT_FUNC, OBJECT_TEXT, 0),
                        symbol(3, Elf.STB_GLOBAL, Elf.STT_OBJECT, OBJECT_DATA, 16),
                        symbol(5, Elf.STB_GLOBAL, 0, Elf.SHN_UNDEF, 0),
                        symbol(7, Elf.STB_GLOBAL, Elf.STT_OBJECT, Elf.SHN_COMMON, 8));
        elf.table(".symtab", Elf.SHT_SYMTAB, 0, 0, symbols, 9, 1, 24, 8);
        elf.section(".strtab", Elf.SHT_STRTAB, 0, 0, strings("", "f", "d", "u", "c"), 1);
        return elf.build();
    }

    /** Where the header of a section lies in a file. */
    static int sectionHeader(byte[] file, int section) {
        return (int) view(file).getLong(40) + section * Elf.SECTION_HEADER_SIZE;
    }

    /** Where a section's bytes lie in a file. */
    static int sectionOffset(byte[] file, int section) {
        return (int) view(file).getLong(sectionHeader(file, section) + 24);
    }

    /** A file to read and spoil. */
    static ByteBuffer view(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }
}
