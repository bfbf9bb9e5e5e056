package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.example.SectionTable;
import org.jkasan.config.FaultMode;
import org.jkasan.shadow.Shadow;
import org.junit.jupiter.api.Test;

class ReporterTest extends ReporterFixture {

    /** Section 17 of the facts: vmalloc(2035), a byte read behind it. */
    @Test
    void vmalloc2035_asTheKernelReportsIt() {
        Reporter reporter = reporter();
        reporter.register(live());
        SectionTable.parse(() -> reporter.report(read(SIZE, 1)));
        assertThat(only())
                .startsWith(
                        "=".repeat(66)
                                + "\nBUG: KASAN: vmalloc-out-of-bounds in SectionTable.parse\n"
                                + "Read of size 1 at addr ffffc900002fd7f3 by task ")
                .contains("\n <TASK>\n org.example.SectionTable.parse(SectionTable.java:10)\n")
                .contains(
                        """

                        The buggy address belongs to a 1-page vmalloc region starting at \
                        0xffffc900002fd000 allocated at org.example.Image.read(Image.java:31)
                        The buggy address is located 0 bytes to the right of
                         allocated 2035-byte region [ffffc900002fd000, ffffc900002fd7f3)

                        """)
                .endsWith(
                        """

                        Memory state around the buggy address:
                         ffffc900002fd680: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
                         ffffc900002fd700: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
                        >ffffc900002fd780: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 03 f8
                                                                                     ^
                         ffffc900002fd800: f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8
                         ffffc900002fd880: f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8
                        """
                                + "=".repeat(66)
                                + "\n");
    }

    @Test
    void rangeAccess_headerNamesTheAccessAndCaretTheFirstBad() {
        Reporter reporter = reporter();
        reporter.register(live());
        reporter.report(write(2000, 100));
        assertThat(only())
                .contains("Write of size 100 at addr ffffc900002fd7d0 by")
                .contains("located 2000 bytes inside of\n allocated 2035-byte")
                .contains("\n>ffffc900002fd780: ")
                .contains("\n" + " ".repeat(61) + "^\n");
    }

    @Test
    void freedArea_isUseAfterFreeWithBothStacks() {
        vfree();
        Reporter reporter = reporter();
        reporter.register(lazilyFreed());
        reporter.report(read(16, 4));
        assertThat(only())
                .contains("KASAN: vmalloc-use-after-free in ")
                .contains("\nAllocated by task 1:\n org.example.Image.read(")
                .contains("\nFreed by task 23:\n org.example.Image.close(")
                .contains("located 16 bytes inside of\n freed 2035-byte region");
    }

    @Test
    void freedArea_withLinuxTitlesIsOutOfBounds() {
        vfree();
        Reporter reporter = reporter(FaultMode.REPORT, false, true);
        reporter.register(lazilyFreed());
        reporter.report(read(16, 4));
        assertThat(only()).contains("KASAN: vmalloc-out-of-bounds in ").contains("Freed by task");
    }

    @Test
    void guardPageOfFreedArea_isOutOfBounds() {
        vfree();
        Reporter reporter = reporter();
        reporter.register(lazilyFreed());
        reporter.report(read(PAGE, 1));
        assertThat(only()).contains("KASAN: vmalloc-out-of-bounds in ");
    }

    @Test
    void negativeSize_isOutOfBounds() {
        Reporter reporter = reporter();
        reporter.register(live());
        reporter.report(write(0, -2));
        assertThat(only())
                .contains("KASAN: out-of-bounds in ")
                .contains("Write of size 18446744073709551614 at addr ffffc900002fd000 by")
                .contains("\n>ffffc900002fd000: ");
    }

    @Test
    void shadowMeanwhileAccessible_isOutOfBounds() {
        Reporter reporter = reporter();
        reporter.report(read(8, 4));
        assertThat(only()).contains("KASAN: out-of-bounds in ");
    }

    @Test
    void wildAddresses_haveNoMemoryState() {
        Reporter reporter = reporter();
        reporter.register(
                host -> {
                    throw new AssertionError("nobody can know");
                });
        reporter.report(wild(16, 8, BugType.NULL_PTR_DEREF));
        reporter.report(wild(0x1234_5678L, 8, BugType.USER_MEMORY_ACCESS));
        reporter.report(wild(0xdead_0000_0000_0100L, 8, BugType.WILD_MEMORY_ACCESS));
        assertThat(texts)
                .hasSize(3)
                .allSatisfy(text -> assertThat(text).doesNotContain("Memory state"))
                .allSatisfy(text -> assertThat(text).endsWith("</TASK>\n" + rule()));
        assertThat(texts.get(0)).contains("null-ptr-deref").contains(" addr 0000000000000010 ");
        assertThat(texts.get(1)).contains("user-memory-access");
        assertThat(texts.get(2)).contains("wild-memory-access").contains(" dead000000000100 ");
    }

    @Test
    void wildRange_ofNegativeSizeIsOutOfBounds() {
        reporter().report(wild(0xdead_0000_0000_0100L, -1, BugType.WILD_MEMORY_ACCESS));
        assertThat(only()).contains("KASAN: out-of-bounds in ").doesNotContain("Memory state");
    }

    @Test
    void rowsOutsideTheHostsSpace_areLeftOut() {
        Reporter reporter = reporter(FaultMode.REPORT, true, false);
        long top = Shadow.ADDRESS_LIMIT - 8;
        reporter.report(new BadAccess(AccessKind.READ, 8, 8, 1));
        reporter.report(new BadAccess(AccessKind.READ, top, top, 8));
        assertThat(texts.get(0)).contains("address:\n>0000000000000000: ").contains(" 00000000000");
        assertThat(texts.get(0).lines().filter(line -> line.contains(": 00 00"))).hasSize(3);
        assertThat(texts.get(1)).contains(" 00007ffffffffe80: ").contains("\n>00007fffffffff80: ");
        assertThat(texts.get(1).lines().filter(line -> line.contains(": 00 00"))).hasSize(3);
    }

    @Test
    void badFree_isTitledAsTold() {
        vfree();
        Reporter reporter = reporter();
        reporter.register(lazilyFreed());
        reporter.reportFree(BugType.DOUBLE_FREE, free());
        assertThat(only())
                .contains("KASAN: double-free in ")
                .contains("\nFree of addr ffffc900002fd000 by task ")
                .contains("\n>ffffc900002fd000: f8 ");
    }

    @Test
    void badFree_ofAnotherTypeIsRefused() {
        assertThatThrownBy(() -> reporter().reportFree(BugType.USE_AFTER_FREE, free()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use DOUBLE_FREE or INVALID_FREE");
    }

    @Test
    void collect_handsBackAndReportsNothing() {
        Reporter reporter = reporter();
        assertThat(
                        reporter.collect(
                                () -> {
                                    reporter.report(read(SIZE, 1));
                                    reporter.report(write(SIZE, 2));
                                }))
                .containsExactly(read(SIZE, 1), write(SIZE, 2));
        assertThat(reporter.reports()).isZero();
        assertThat(texts).isEmpty();
    }

    @Test
    void collect_endsWithTheCode() {
        Reporter reporter = reporter();
        assertThatThrownBy(
                        () ->
                                reporter.collect(
                                        () -> {
                                            throw new IllegalStateException();
                                        }))
                .isInstanceOf(IllegalStateException.class);
        reporter.report(read(SIZE, 1));
        assertThat(reporter.reports()).isOne();
    }
}
