package org.jkasan.samples.modload;

/** The numbers of the ELF64 format that the loader needs, from the System V ABI. */
final class Elf {

    /** 7f 45 4c 46, as a little-endian word. */
    static final int MAGIC = 0x464c457f;

    static final int CLASS_64 = 2;
    static final int LITTLE_ENDIAN = 1;
    static final int CURRENT_VERSION = 1;

    static final int REL = 1;
    static final int EXEC = 2;
    static final int DYN = 3;

    static final int HEADER_SIZE = 64;
    static final int PROGRAM_HEADER_SIZE = 56;
    static final int SECTION_HEADER_SIZE = 64;
    static final int SYMBOL_SIZE = 24;
    static final int RELA_SIZE = 24;
    static final int DYNAMIC_SIZE = 16;

    /** A count of program headers that did not fit: section 0 has it. */
    static final int PN_XNUM = 0xffff;

    static final int PT_LOAD = 1;
    static final int PT_DYNAMIC = 2;

    static final int SHT_NULL = 0;
    static final int SHT_SYMTAB = 2;
    static final int SHT_STRTAB = 3;
    static final int SHT_RELA = 4;
    static final int SHT_NOBITS = 8;
    static final int SHT_REL = 9;
    static final int SHT_DYNSYM = 11;

    static final long SHF_WRITE = 0x1;
    static final long SHF_ALLOC = 0x2;
    static final long SHF_EXECINSTR = 0x4;
    static final long SHF_TLS = 0x400;

    static final int SHN_UNDEF = 0;
    static final int SHN_LORESERVE = 0xff00;
    static final int SHN_ABS = 0xfff1;
    static final int SHN_COMMON = 0xfff2;

    /** A section index that did not fit: elsewhere has it. */
    static final int SHN_XINDEX = 0xffff;

    static final int STB_LOCAL = 0;
    static final int STB_GLOBAL = 1;
    static final int STB_WEAK = 2;

    static final int STT_OBJECT = 1;
    static final int STT_FUNC = 2;
    static final int STT_TLS = 6;

    static final long DT_NULL = 0;
    static final long DT_NEEDED = 1;

    private Elf() {}
}
