package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jkasan.report.PageRegion.Use;
import org.junit.jupiter.api.Test;

/** Whose memory it is, section by section. */
class RegionTextTest {

    private static final long OBJECT = 0xffff888000012340L;
    private static final long START = 0xffffc90000000000L;

    private static SlabRegion object(Track freed, Track... works) {
        return new SlabRegion(
                OBJECT, "inode_cache", 64, 64, Reports.allocated(), freed, List.of(works));
    }

    private static PageRegion page(Use use, PageOwner owner) {
        return new PageRegion(0x12, 1, 3, true, 1, use, Optional.ofNullable(owner));
    }

    private static PageRegion single() {
        return new PageRegion(0x100000, 0, 0, false, 2, Use.UNTYPED, Optional.empty());
    }

    private static String sections(Region... regions) {
        return sections(OBJECT + 70, regions);
    }

    private static String sections(long address, Region... regions) {
        String text =
                Reports.sketch()
                        .type(BugType.SLAB_USE_AFTER_FREE)
                        .access(AccessKind.READ, address, 1)
                        .region(regions)
                        .text();
        return text.substring(text.indexOf(" </TASK>\n") + 9, text.lastIndexOf("=".repeat(66)));
    }

    @Test
    void slabUseAfterFree_withEverySectionThatItCanHave() throws IOException {
        Golden.check(
                "slab-use-after-free",
                Reports.sketch()
                        .type(BugType.SLAB_USE_AFTER_FREE)
                        .access(AccessKind.WRITE, OBJECT + 8, 8)
                        .region(
                                page(
                                        Use.SLAB,
                                        new PageOwner(
                                                true, 3, Reports.allocated(), Reports.freed())),
                                object(Reports.freed(), Reports.freed(), Reports.allocated()))
                        .rows(Reports.filled(OBJECT + 8, 0xfb))
                        .text());
    }

    @Test
    void everySection_inTheKernelsOrder() {
        StackRegion stack =
                new StackRegion(Reports.MAIN, true, START, START + 0x8000, Optional.empty());
        VmallocRegion area = new VmallocRegion(START, 100, 1, Reports.allocated(), null);
        String text =
                sections(
                        START + 8,
                        single(),
                        area,
                        stack,
                        new VariableRegion("jiffies", START, 16),
                        object(Reports.freed(), Reports.freed()));
        assertThat(text.lines().filter(line -> line.matches("[A-Z].*")).toList())
                .extracting(line -> line.replaceAll(" (at|starting|by task|of) .*", ""))
                .containsExactly(
                        "Allocated",
                        "Freed",
                        "Last potentially related work creation:",
                        "The buggy address belongs to the object",
                        "The buggy address is located 70918499916936 bytes to the right of",
                        "The buggy address belongs to the variable:",
                        "The buggy address belongs to stack",
                        "The buggy address belongs to a 1-page vmalloc region",
                        "The buggy address belongs to the physical page:");
    }

    @Test
    void page_ofTheDirectMap() {
        assertThat(sections(single()))
                .isEqualTo(
                        """

                        The buggy address belongs to the physical page:
                        page: refcount:0 pfn:0x100000
                        flags: zone=2
                        page dumped because: kasan: bad access detected
                        """);
    }

    @Test
    void page_ofAnArea_followsItWithoutABlankLine() {
        VmallocRegion area = new VmallocRegion(START, 100, 1, null, null);
        assertThat(sections(START + 100, single(), area))
                .contains("ffffc90000000064)\nThe buggy address belongs to the physical page:\n");
    }

    @Test
    void page_thatIsFree() {
        PageRegion page = new PageRegion(1, 0, 4, false, 1, Use.BUDDY, Optional.empty());
        assertThat(sections(page)).contains("flags: zone=1\npage_type: f0(buddy)\npage dumped ");
    }

    @Test
    void pageOwner_whoFreedIt_isMissingWhereNobodyDid() {
        String text = sections(page(Use.SLAB, new PageOwner(true, 0, Reports.allocated(), null)));
        assertThat(text)
                .contains("head: order:3\nflags: head|zone=1\npage_type: f5(slab)\n")
                .contains("page_owner tracks the page as allocated\n")
                .contains("page last allocated via order 0, pid 1 (main) stack trace:\n org.ex")
                .endsWith("page_owner free stack trace missing\n");
    }

    @Test
    void pageOwner_ofAFreedPage() {
        PageOwner owner = new PageOwner(false, 0, Reports.allocated(), Reports.freed());
        assertThat(sections(page(Use.UNTYPED, owner)))
                .contains("page_owner tracks the page as freed\n")
                .contains("page last free pid 23 (worker) stack trace:\n org.example.Image.close(");
    }

    @Test
    void variable_andWhereInIt() {
        VariableRegion variable = new VariableRegion("table", OBJECT, 40);
        assertThat(sections(OBJECT + 40, variable))
                .isEqualTo("\nThe buggy address belongs to the variable:\n table+0x28/0x28\n");
        assertThat(sections(OBJECT + 3, variable)).endsWith(" table+0x3/0x28\n");
        assertThat(sections(OBJECT - 3, variable)).endsWith(" table-0x3/0x28\n");
    }

    @Test
    void largeObject_hasNoCache() {
        SlabRegion large = new SlabRegion(OBJECT, null, 8192, 5000, null, null, List.of());
        assertThat(sections(OBJECT, large))
                .isEqualTo(
                        """

                        The buggy address is located 0 bytes inside of
                         freed 5000-byte region [ffff888000012340, ffff8880000136c8)
                        """);
    }
}
