package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElfHeaderTest {

    private final TestKernel kernel = new TestKernel();
    private final byte[] file = SmallElf.shared();
    private final ByteBuffer view = SmallElf.view(file);

    @AfterEach
    void close() {
        kernel.close();
    }

    private ElfHeader parse() throws BadModuleException {
        return ElfHeader.parse(kernel.image(file));
    }

    private void fails(String message) {
        assertThatThrownBy(this::parse).isInstanceOf(BadModuleException.class).hasMessage(message);
    }

    @Test
    void parse_sharedObject() throws BadModuleException {
        view.putLong(24, 0x404);
        ElfHeader header = parse();
        assertThat(header)
                .isEqualTo(new ElfHeader(Elf.DYN, Machine.X86_64, 0x404, 64, 2, 1456, 13, 12));
        assertThat(header.isRelocatable()).isFalse();
        assertThat(header.typeName()).isEqualTo("DYN");
    }

    @Test
    void parse_aarch64() throws BadModuleException {
        view.putShort(18, (short) ElfBuilder.AARCH64);
        assertThat(parse().machine()).isEqualTo(Machine.AARCH64);
    }

    @Test
    void parse_countsInSectionZero() throws BadModuleException {
        int zero = SmallElf.sectionHeader(file, 0);
        view.putShort(56, (short) 0xffff).putShort(60, (short) 0).putShort(62, (short) 0xffff);
        view.putLong(zero + 32, 13).putInt(zero + 40, 12).putInt(zero + 44, 2);
        ElfHeader header = parse();
        assertThat(header.sectionCount()).isEqualTo(13);
        assertThat(header.namesIndex()).isEqualTo(12);
        assertThat(header.programCount()).isEqualTo(2);
    }

    @Test
    void parse_tooShort() {
        for (int size : new int[] {0, 1, 63}) {
            byte[] cut = Arrays.copyOf(file, size);
            assertThatThrownBy(() -> kernel.image(cut))
                    .isInstanceOf(BadModuleException.class)
                    .hasMessage(
                            "is %d bytes long, too short for the 64 of an ELF header"
                                    .formatted(size));
        }
    }

    @Test
    void parse_wrongMagic() {
        view.putInt(0, 0x04034b50);
        fails("is no ELF file: it begins with 50 4b 03 04, expected 7f 45 4c 46");
    }

    @Test
    void parse_macOs() {
        view.putInt(0, 0xfeedfacf);
        fails(
                "is no ELF file: it begins with cf fa ed fe (Mach-O, the format of macOS),"
                        + " expected 7f 45 4c 46");
    }

    @Test
    void parse_thirtyTwoBits() {
        view.put(4, (byte) 1);
        fails("has ELF class 1, expected 2 (64-bit)");
    }

    @Test
    void parse_bigEndian() {
        view.put(5, (byte) 2);
        fails("has data encoding 2, expected 1 (little endian)");
    }

    @Test
    void parse_versions() {
        view.put(6, (byte) 3);
        fails("has identification version 3, expected 1");
        view.put(6, (byte) 1).putInt(20, -1);
        fails("has version 4294967295, expected 1");
    }

    @Test
    void parse_coreFile() {
        view.putShort(16, (short) 4);
        fails("has type 4, expected 1 (REL), 2 (EXEC) or 3 (DYN)");
    }

    @Test
    void parse_otherMachine() {
        view.putShort(18, (short) 243);
        fails("is for machine 243, expected 62 (x86-64) or 183 (aarch64)");
    }

    @Test
    void parse_sizes() {
        view.putShort(52, (short) 52);
        fails("has ELF header size 52, expected 64");
        view.putShort(52, (short) 64).putShort(54, (short) 55);
        fails("has program header size 55, expected 56");
        view.putShort(54, (short) 56).putShort(58, (short) 0);
        fails("has section header size 0, expected 64");
    }

    @Test
    void parse_noSections() {
        view.putLong(40, 0);
        fails("has no section headers, which a module needs");
        view.putLong(40, 1456).putShort(60, (short) 0);
        fails("has no section headers, which a module needs");
    }

    @Test
    void parse_sectionHeadersElsewhere() {
        view.putLong(40, 1457);
        fails(
                "the section header table lies at offset 0x5b1 with 0x340 bytes, past the end of"
                        + " the 2288-byte file");
        view.putLong(40, Long.MAX_VALUE - 63);
        fails(
                "the first section header lies at offset 0x7fffffffffffffc0 with 0x40 bytes, past"
                        + " the end of the 2288-byte file");
        view.putLong(40, -64);
        fails(
                "the first section header lies at offset 0xffffffffffffffc0 with 0x40 bytes, past"
                        + " the end of the 2288-byte file");
    }

    @Test
    void parse_absurdCountInSectionZero_wrapsNothing() {
        view.putShort(60, (short) 0);
        view.putLong(SmallElf.sectionHeader(file, 0) + 32, 1L << 58);
        fails(
                "claims 288230376151711744 section headers, more than a file of 2288 bytes can"
                        + " hold");
        view.putLong(SmallElf.sectionHeader(file, 0) + 32, -1);
        fails(
                "claims 18446744073709551615 section headers, more than a file of 2288 bytes can"
                        + " hold");
    }

    @Test
    void parse_programHeadersElsewhere() {
        view.putLong(32, -1);
        fails(
                "the program header table lies at offset 0xffffffffffffffff with 0x70 bytes, past"
                        + " the end of the 2288-byte file");
    }

    @Test
    void parse_namesElsewhere() {
        view.putShort(62, (short) 13);
        fails("has its section names in section 13, expected one of 1 to 12");
        view.putShort(62, (short) 0);
        fails("has its section names in section 0, expected one of 1 to 12");
    }
}
