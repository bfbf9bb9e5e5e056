package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole loads of files made by hand; readelf agrees with the figures. */
class LoaderTest {

    private static final String SHARED =
            """
            ELF64 little endian, DYN, x86-64, 2288 bytes
            Program headers: 2, 1 of them LOAD
            Dynamic table: 3 entries, 1 NEEDED
            Section headers: 13, 8 of them ALLOC
              [Nr] Name              Type            Address          Off    Size   ES Flg Lk Inf Al
              [ 0]                   NULL            0000000000000000 000000 000000 00      0   0  0
              [ 1] .dynsym           DYNSYM          0000000000000200 000200 000060 18   A  2   1  8
              [ 2] .dynstr           STRTAB          0000000000000280 000280 000016 00   A  0   0  1
              [ 3] .rela.dyn         RELA            00000000000002c0 0002c0 000090 18   A  1   0  8
              [ 4] .text             PROGBITS        0000000000000400 000400 000009 00  AX  0   0 16
              [ 5] .dynamic          DYNAMIC         0000000000000440 000440 000040 10  WA  2   0  8
              [ 6] .data             PROGBITS        0000000000000480 000480 000030 00  WA  0   0  8
              [ 7] .tbss             NOBITS          00000000000004b0 0004b0 000020 00 WAT  0   0  8
              [ 8] .bss              NOBITS          00000000000004c0 0004c0 000123 00  WA  0   0 32
              [ 9] .comment          PROGBITS        0000000000000000 0004b0 00000d 00  MS  0   0  1
              [10] .symtab           SYMTAB          0000000000000000 0004c0 000078 18     11   4  8
              [11] .strtab           STRTAB          0000000000000000 000538 000014 00      0   0  1
              [12] .shstrtab         STRTAB          0000000000000000 000550 00005e 00      0   0  1
            Symbol table '.dynsym' contains 4 entries:
              1 local, 2 global, 1 weak, 2 undefined, 2 functions, 1 objects
              4 strings in 22 bytes, the longest of 7
            Symbol table '.symtab' contains 5 entries:
              4 local, 1 global, 0 weak, 1 undefined, 1 functions, 1 objects
              4 strings in 20 bytes, the longest of 7
            Relocation section '.rela.dyn' contains 6 entries:
              R_X86_64_64                       1, 1 applied
              R_X86_64_GLOB_DAT                 2, 1 applied
              R_X86_64_RELATIVE                 1, 1 applied
              R_X86_64_DTPMOD64                 1, 0 applied
              other                             1, 0 applied
            Relocations applied: 3
            Module 'small' at 0xMODULE: 7 sections in 1507 bytes
            Entry point: 0x0
            Exported symbols: 2, the first at 0xMODULE + 0x404
            """;

    private final TestKernel kernel = new TestKernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void load_sharedObject_asTheStoredFiguresSay() throws BadModuleException {
        assertThat(relative(kernel.load(SmallElf.shared()), 0x404)).isEqualTo(SHARED);
    }

    @Test
    void load_aarch64_sameButForTheMachine() throws BadModuleException {
        String expected =
                SHARED.replace("x86-64", "aarch64")
                        .replace("  R_X86_64_64                       1, 1 applied\n", "")
                        .replace("  R_X86_64_GLOB_DAT                 2, 1 applied\n", "")
                        .replace("  R_X86_64_RELATIVE                 1, 1 applied\n", "")
                        .replace(
                                "  R_X86_64_DTPMOD64                 1, 0 applied\n",
                                """
                                  R_AARCH64_ABS64                   1, 1 applied
                                  R_AARCH64_GLOB_DAT                2, 1 applied
                                  R_AARCH64_RELATIVE                1, 1 applied
                                  R_AARCH64_TLS_DTPMOD64            1, 0 applied
                                """);
        assertThat(relative(kernel.load(SmallElf.sharedAarch64()), 0x404)).isEqualTo(expected);
    }

    @Test
    void load_objectFile() throws BadModuleException {
        List<String> lines = kernel.load(SmallElf.object());
        assertThat(lines)
                .contains(
                        "ELF64 little endian, REL, x86-64, 1272 bytes",
                        "Program headers: 0, 0 of them LOAD",
                        "Section headers: 11, 3 of them ALLOC",
                        "Symbol table '.symtab' contains 5 entries:",
                        "Relocation section '.rela.text' contains 4 entries:",
                        "  R_X86_64_PC32                     2, 2 applied",
                        "  R_X86_64_PLT32                    1, 0 applied",
                        "  R_X86_64_32S                      1, 0 applied",
                        "Relocation section '.rela.data' contains 3 entries:",
                        "  R_X86_64_64                       2, 1 applied",
                        "  R_X86_64_PC64                     1, 1 applied",
                        "Relocations applied: 4");
        assertThat(lines).noneMatch(line -> line.contains("'.rela.debug_info'"));
    }

    @Test
    void load_truncatedAnywhere_isOneSentence() {
        byte[] file = SmallElf.shared();
        for (int size = 0; size < file.length; size += 7) {
            byte[] cut = Arrays.copyOf(file, size);
            assertThatThrownBy(() -> kernel.load(cut))
                    .isInstanceOf(BadModuleException.class)
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void load_endsWhileItIsRead() {
        byte[] file = SmallElf.shared();
        ModuleFile shorter = new ModuleFile(9999, TestKernel.file(file).content());
        assertThatThrownBy(() -> Image.read(kernel.context(), shorter))
                .hasMessage("ended after 2288 of its 9999 bytes while it was read");
    }

    @Test
    void load_tooLarge() {
        ModuleFile larger = new ModuleFile(1L << 31, TestKernel.file(new byte[0]).content());
        assertThatThrownBy(() -> Image.read(kernel.context(), larger))
                .hasMessage(
                        "is 2147483648 bytes long, more than the 1073741824 that this loader"
                                + " takes");
    }

    /** The summary with addresses in the module relative to it. */
    private static String relative(List<String> lines, int export) {
        String text = String.join("\n", lines) + "\n";
        String base = text.replaceAll("(?s).*Module '[^']*' at 0x([0-9a-f]{16}):.*", "$1");
        String exported = "%016x".formatted(Long.parseUnsignedLong(base, 16) + export);
        return text.replace(base, "MODULE")
                .replace("0x" + exported, "0xMODULE + 0x%x".formatted(export));
    }
}
