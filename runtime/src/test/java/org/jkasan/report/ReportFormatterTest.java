package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportFormatterTest {

    private static final long START = 0xffffc90000000000L;

    private static VmallocRegion live() {
        return new VmallocRegion(START, 12000, 3, Reports.allocated(), null);
    }

    private static VmallocRegion lazilyFreed() {
        return new VmallocRegion(START, 12000, 3, Reports.allocated(), Reports.freed());
    }

    @Test
    void format_vmallocOutOfBounds() throws IOException {
        long end = START + 12000;
        Golden.check(
                "vmalloc-out-of-bounds",
                Reports.sketch()
                        .access(AccessKind.READ, end + 4, 4)
                        .region(live())
                        .rows(Reports.rows(end, end))
                        .text());
    }

    @Test
    void format_vmallocUseAfterFree() throws IOException {
        Golden.check(
                "vmalloc-use-after-free",
                Reports.sketch()
                        .type(BugType.VMALLOC_USE_AFTER_FREE)
                        .access(AccessKind.WRITE, START + 40, 8)
                        .region(lazilyFreed())
                        .rows(Reports.filled(START + 40, 0xf8))
                        .tainted()
                        .text());
    }

    @Test
    void format_doubleFree() throws IOException {
        Golden.check(
                "double-free",
                Reports.sketch()
                        .type(BugType.DOUBLE_FREE)
                        .access(AccessKind.FREE, START, 0)
                        .region(lazilyFreed())
                        .rows(Reports.filled(START, 0xf8))
                        .text());
    }

    @Test
    void format_nullPointer() throws IOException {
        Golden.check(
                "null-ptr-deref",
                Reports.sketch().type(BugType.NULL_PTR_DEREF).access(AccessKind.READ, 8, 8).text());
    }

    @Test
    void format_unknownArea() throws IOException {
        Golden.check(
                "unknown-area",
                Reports.sketch()
                        .access(AccessKind.READ, START + 8, 2)
                        .rows(Reports.filled(START + 8, 0xf8))
                        .notes("(the address could not be described: its owner does not answer)")
                        .text());
    }

    /** The kernel's own example: vmalloc(2035), a byte read behind it. */
    @Test
    void format_memoryStateOfVmalloc2035() {
        long object = 0xffffc900002fd000L;
        long bad = object + 2035;
        String text =
                Reports.sketch()
                        .access(AccessKind.READ, bad, 1)
                        .rows(Reports.rows(bad, object + 2032, 3))
                        .text();
        assertThat(text)
                .contains(
                        """
                        Memory state around the buggy address:
                         ffffc900002fd680: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
                         ffffc900002fd700: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
                        >ffffc900002fd780: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 03 f8
                                                                                     ^
                         ffffc900002fd800: f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8
                         ffffc900002fd880: f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8
                        """);
        assertThat(text.lines().filter(line -> line.endsWith("^")))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSize(62));
    }

    @Test
    void position_insideLeftAndRight() {
        assertThat(positionOf(START + 17)).contains("located 17 bytes inside of\n allocated 12000");
        assertThat(positionOf(START - 3)).contains("located 3 bytes to the left of\n allocated");
        assertThat(positionOf(START + 12000)).contains("located 0 bytes to the right of\n alloc");
        assertThat(positionOf(START + 11999)).contains("located 11999 bytes inside of\n alloc");
    }

    @Test
    void region_behindGuardPageIsOnlyNear() {
        assertThat(positionOf(START + 4 * 4096 - 1)).contains("a 3-page vmalloc region");
        assertThat(positionOf(START + 4 * 4096))
                .contains("belongs to a vmalloc virtual mapping\n")
                .contains("located 4384 bytes to the right of\n allocated 12000-byte region");
    }

    @Test
    void region_withoutTracks() {
        String text =
                Reports.sketch()
                        .access(AccessKind.READ, START + 8, 1)
                        .region(new VmallocRegion(START, 8, 1, null, null))
                        .text();
        assertThat(text)
                .contains("1-page vmalloc region starting at 0xffffc90000000000\n")
                .doesNotContain("Allocated by")
                .doesNotContain("Freed by");
    }

    @Test
    void track_withoutStack() {
        Track bare = Track.of(Reports.MAIN, List.of());
        assertThat(Reports.sketch().region(new VmallocRegion(START, 8, 1, bare, null)).text())
                .contains("\nAllocated by task 1:\n(stack is not available)\n\n");
    }

    @Test
    void accessLine_sizes() {
        assertThat(accessLine(AccessKind.READ, 16)).startsWith("Read of size 16 at addr ffffc9");
        assertThat(accessLine(AccessKind.WRITE, -2))
                .startsWith("Write of size 18446744073709551614 at addr ");
        assertThat(accessLine(AccessKind.READ, 0)).startsWith("Read at addr ffffc9");
        assertThat(accessLine(AccessKind.FREE, 0)).startsWith("Free of addr ffffc9");
    }

    @Test
    void title_ofNestedClassAndUnknownFrame() {
        StackTraceElement nested =
                new StackTraceElement("org.example.Table$Row", "get", "Table.java", 3);
        assertThat(Reports.sketch().frames(List.of(nested)).text())
                .contains("vmalloc-out-of-bounds in Table$Row.get\n");
        assertThat(Reports.sketch().frames(List.of()).text())
                .contains("vmalloc-out-of-bounds in (unknown)\n");
    }

    @Test
    void frames_withoutSource() {
        assertThat(
                        Reports.sketch()
                                .frames(
                                        List.of(
                                                new StackTraceElement("A", "a", null, 5),
                                                new StackTraceElement("B", "b", "B.java", -1),
                                                new StackTraceElement("C", "c", "C.java", -2)))
                                .text())
                .contains(" A.a(Unknown Source)\n B.b(B.java)\n C.c(Native Method)\n");
    }

    private static String positionOf(long address) {
        return Reports.sketch().access(AccessKind.READ, address, 1).region(live()).text();
    }

    private static String accessLine(AccessKind kind, long size) {
        return Reports.sketch()
                .access(kind, 0xffffc90000000010L, size)
                .text()
                .lines()
                .toList()
                .get(2);
    }
}
