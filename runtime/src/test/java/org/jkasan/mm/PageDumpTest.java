package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.report.PageRegion;
import org.jkasan.report.PageRegion.Use;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What reports say of pages. */
class PageDumpTest {

    private static final int PAGES = 16;
    private static final int PAGE = TestMachine.PAGE;
    private static final MemoryConfig CONFIG =
            new MemoryConfig(Architecture.X86_64.layout(), (long) PAGES * PAGE, 1, 1 << 20, true);

    private final TestMachine machine = TestMachine.withKasan(CONFIG);
    private final PageFrames frames = machine.mm.frames();

    @AfterEach
    void close() {
        machine.close();
    }

    private static void assertPage(
            PageRegion page, int refcount, int order, boolean compound, Use use) {
        assertThat(page.refcount()).isEqualTo(refcount);
        assertThat(page.order()).isEqualTo(order);
        assertThat(page.compound()).isEqualTo(compound);
        assertThat(page.use()).isEqualTo(use);
        assertThat(page.zone()).isOne();
        assertThat(page.owner()).isEmpty();
    }

    @Test
    void singlePage_hasOneReference_andNoneOnceFreed() {
        long pfn = frames.alloc();
        assertPage(frames.dump(pfn), 1, 0, false, Use.UNTYPED);
        frames.free(pfn);
        assertPage(frames.dump(pfn), 0, 0, false, Use.UNTYPED);
    }

    @Test
    void blockThatIsNoCompoundPage_countsItsFirstPageOnly() {
        long pfn = frames.alloc(Gfp.KERNEL, 2);
        assertPage(frames.dump(pfn), 1, 2, false, Use.UNTYPED);
        assertPage(frames.dump(pfn + 3), 0, 2, false, Use.UNTYPED);
        frames.split(pfn);
        assertPage(frames.dump(pfn + 3), 1, 0, false, Use.UNTYPED);
        for (int i = 0; i < 4; i++) {
            frames.free(pfn + i);
        }
    }

    @Test
    void compoundPage_isOne() {
        long head = frames.allocCompound(Gfp.KERNEL, 3);
        assertPage(frames.dump(head), 1, 3, true, Use.UNTYPED);
        assertPage(frames.dump(head + 5), 1, 3, true, Use.UNTYPED);
        frames.setOwner(head, 7);
        assertPage(frames.dump(head + 5), 1, 3, true, Use.SLAB);
        frames.setOwner(head, 0);
        frames.free(head);
        assertThat(frames.dump(head).use()).isEqualTo(Use.BUDDY);
        assertPage(frames.dump(head + 5), 0, frames.dump(head).order(), false, Use.UNTYPED);
    }

    @Test
    void pageThatWasNeverAskedFor_isNobodys() {
        assertPage(frames.dump(PAGES - 1), 0, 0, false, Use.UNTYPED);
        assertThat(frames.dump(PAGES)).isNull();
        assertThat(frames.dump(PageFrames.NO_PAGE)).isNull();
    }

    @Test
    void report_ofAFreedPage_dumpsIt() {
        long pfn = frames.alloc();
        frames.free(pfn);
        machine.read(frames.address(pfn) + 40);
        assertThat(machine.reports())
                .singleElement()
                .asString()
                .contains("BUG: KASAN: use-after-free in ")
                .contains(
                        "\n\nThe buggy address belongs to the physical page:\n"
                                + "page: refcount:0 pfn:0x"
                                + Long.toHexString(pfn)
                                + "\nflags: zone=1\n"
                                + "page dumped because: kasan: bad access detected\n\n");
    }

    @Test
    void report_ofAnArea_knowsThePageWhereThereIsOne() {
        long addr = machine.vmalloc().vmalloc(100);
        machine.read(addr + 100);
        long pfn = machine.mm.vmap().vmallocToPage(addr);
        machine.read(addr + 100);
        assertThat(machine.reports().get(0)).doesNotContain("physical page");
        assertThat(machine.reports().get(1))
                .contains("page: refcount:1 pfn:0x" + Long.toHexString(pfn) + "\n");
        machine.vmalloc().vfree(addr);
    }
}
