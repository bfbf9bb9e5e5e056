package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused behind the ELF header, one field spoiled at a time. */
class MalformedTest {

    private static final int TYPE = 4;
    private static final int FLAGS = 8;
    private static final int ADDRESS = 16;
    private static final int OFFSET = 24;
    private static final int SIZE = 32;
    private static final int LINK = 40;
    private static final int INFO = 44;
    private static final int ALIGN = 48;
    private static final int ENTRY_SIZE = 56;

    private final TestKernel kernel = new TestKernel();
    private final byte[] file = SmallElf.shared();
    private final ByteBuffer view = SmallElf.view(file);

    @AfterEach
    void close() {
        kernel.close();
    }

    private void fails(String message) {
        assertThatThrownBy(() -> kernel.load(file))
                .isInstanceOf(BadModuleException.class)
                .hasMessage(message);
    }

    private static int section(int section, int field, byte[] file) {
        return SmallElf.sectionHeader(file, section) + field;
    }

    private void word(int section, int field, long value) {
        view.putLong(section(section, field, file), value);
    }

    private void half(int section, int field, int value) {
        view.putInt(section(section, field, file), value);
    }

    @Test
    void section_wildOffset() {
        word(SmallElf.TEXT, OFFSET, Long.MAX_VALUE);
        fails(
                "section 4 lies at offset 0x7fffffffffffffff with 0x9 bytes, past the end of the"
                        + " 2288-byte file");
    }

    @Test
    void section_wildSize() {
        word(SmallElf.TEXT, SIZE, -0x3f0);
        fails(
                "section 4 lies at offset 0x400 with 0xfffffffffffffc10 bytes, past the end of the"
                        + " 2288-byte file");
    }

    @Test
    void section_alignments() {
        word(SmallElf.TEXT, ALIGN, 24);
        fails("section 4 has alignment 0x18, expected a power of two");
        word(SmallElf.TEXT, ALIGN, Long.MIN_VALUE);
        fails("section 4 has alignment 0x8000000000000000, module memory has at most 0x1000");
        word(SmallElf.TEXT, ALIGN, 2048);
        fails("section 4 (.text) has address 0x400, no multiple of its alignment 0x800");
    }

    @Test
    void section_nameElsewhere() {
        half(SmallElf.TEXT, 0, -1);
        fails("section 4 has its name at 0xffffffff, past the 0x5e bytes of section names");
    }

    @Test
    void sectionNames_notTerminated() {
        word(SmallElf.SHARED_NAMES, SIZE, 0x5d);
        fails("the section of the section names does not end in NUL, as a string table must");
    }

    @Test
    void sectionNames_empty() {
        word(SmallElf.SHARED_NAMES, SIZE, 0);
        fails("the section of the section names does not end in NUL, as a string table must");
    }

    @Test
    void sectionNames_noStrings() {
        half(SmallElf.SHARED_NAMES, TYPE, 1);
        fails("has its section names in section 12 of type 0x1, expected 3 (STRTAB)");
    }

    @Test
    void layout_hugeZeroes() {
        word(SmallElf.BSS, SIZE, 1L << 40);
        fails(
                "section 8 (.bss) of 0x10000000000 bytes makes the module larger than 0x10000000"
                        + " bytes");
    }

    @Test
    void layout_farApart() {
        word(SmallElf.BSS, ADDRESS, -64);
        fails("section 8 (.bss) of 0x123 bytes makes the module larger than 0x10000000 bytes");
    }

    @Test
    void layout_overlap() {
        word(SmallElf.DATA, ADDRESS, 0x478);
        fails("section 6 (.data) overlaps section 5 (.dynamic) in memory");
    }

    @Test
    void layout_nothingInMemory() {
        for (int i = 1; i < SmallElf.SHARED_NAMES; i++) {
            word(i, FLAGS, 0);
        }
        fails("has no section that occupies memory");
    }

    @Test
    void segment_pastTheFile() {
        view.putLong(64 + 8, -1);
        fails(
                "segment 0 lies at offset 0xffffffffffffffff with 0x4b0 bytes, past the end of the"
                        + " 2288-byte file");
    }

    @Test
    void segment_moreInTheFileThanInMemory() {
        view.putLong(64 + 40, 0x4af);
        fails("segment 0 has 0x4b0 bytes in the file, more than its 0x4af in memory");
    }

    @Test
    void segment_alignment() {
        view.putLong(64 + 48, 3);
        fails("segment 0 has alignment 0x3, expected a power of two");
    }

    @Test
    void dynamic_outside() {
        view.putLong(64 + 56 + 40, -0x440);
        fails("segment 1, the dynamic one, lies outside the sections that occupy memory");
        view.putLong(64 + 56 + 40, 0x40).putLong(64 + 56 + 16, 1L << 32);
        fails("segment 1, the dynamic one, lies outside the sections that occupy memory");
    }

    @Test
    void symbols_entries() {
        word(SmallElf.DYNSYM, ENTRY_SIZE, 0);
        fails(
                "section 1 (.dynsym) has 0x60 bytes in entries of 0x0, expected whole entries of"
                        + " 0x18");
        word(SmallElf.DYNSYM, ENTRY_SIZE, 24);
        word(SmallElf.DYNSYM, SIZE, 0x61);
        fails(
                "section 1 (.dynsym) has 0x61 bytes in entries of 0x18, expected whole entries of"
                        + " 0x18");
    }

    @Test
    void symbols_namesInThemselves() {
        half(SmallElf.DYNSYM, LINK, SmallElf.DYNSYM);
        fails("section 1 (.dynsym) has type 0xb, expected 3 (STRTAB)");
    }

    @Test
    void symbols_namesElsewhere() {
        half(SmallElf.DYNSYM, LINK, -1);
        fails("section 1 (.dynsym) has its names in section 4294967295, expected one of 1 to 12");
    }

    @Test
    void symbols_namesNotTerminated() {
        view.put(0x295, (byte) 'x');
        fails("section 2 (.dynstr) does not end in NUL, as a string table must");
    }

    @Test
    void symbols_twice() {
        half(SmallElf.COMMENT, TYPE, Elf.SHT_DYNSYM);
        fails("section 9 (.comment) is a second symbol table of type 11, expected at most one");
    }

    @Test
    void symbol_nameElsewhere() {
        view.putInt(0x200 + 24, 22);
        fails("symbol 1 of section 1 (.dynsym) has its name at 0x16, past the 0x16 bytes of names");
    }

    @Test
    void symbol_sectionElsewhere() {
        view.putShort(0x200 + 48 + 6, (short) 13);
        fails("symbol 2 of section 1 (.dynsym) is in section 13, past the 13 there are");
    }

    @Test
    void relocations_withoutAddends() {
        half(SmallElf.RELA_DYN, TYPE, Elf.SHT_REL);
        fails("section 3 (.rela.dyn) has relocations without addends (REL), expected RELA");
    }

    @Test
    void relocations_overTheSameBytes() {
        half(SmallElf.TEXT, TYPE, Elf.SHT_RELA);
        word(SmallElf.TEXT, FLAGS, 0);
        word(SmallElf.TEXT, OFFSET, 0);
        word(SmallElf.TEXT, SIZE, 2280);
        fails("has relocation sections that overlap: together they are larger than it");
    }

    @Test
    void relocations_symbolsElsewhere() {
        half(SmallElf.RELA_DYN, LINK, SmallElf.DYNSTR);
        fails("section 3 (.rela.dyn) has its symbols in section 2, which is no symbol table");
    }

    @Test
    void relocations_changeNoSection() {
        half(SmallElf.RELA_DYN, INFO, 13);
        fails("section 3 (.rela.dyn) changes section 13, past the 13 there are");
    }

    @Test
    void relocation_acrossTheEnd() {
        view.putLong(0x2c0, 0x4a9);
        fails(
                "relocation 0 of section 3 (.rela.dyn) changes 8 bytes at 0x4a9, which lie in no"
                        + " section");
    }

    @Test
    void relocation_wildPlace() {
        view.putLong(0x2c0, -4);
        fails(
                "relocation 0 of section 3 (.rela.dyn) changes 8 bytes at 0xfffffffffffffffc, which"
                        + " lie in no section");
    }

    @Test
    void relocation_wildSymbol() {
        view.putInt(0x2c0 + 24 + 12, -1);
        fails(
                "relocation 1 of section 3 (.rela.dyn) names symbol 4294967295, past the 4 there are");
    }
}
