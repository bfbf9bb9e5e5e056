package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.OptionParser;
import org.jkasan.report.PageOwner;
import org.jkasan.report.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who allocated and freed a page, kept on request. */
class PageTracksTest {

    private static final Task READER = new Task("reader", 7);
    private static final Task WRITER = new Task("writer", 8);

    private static Sanitizer sanitizer;

    @BeforeAll
    static void reserve() {
        sanitizer =
                new Sanitizer(
                        OptionParser.parse("kasan.page_owner", new Properties()),
                        TestMachine.HOST,
                        text -> {});
    }

    @AfterAll
    static void release() {
        sanitizer.shadow().close();
    }

    private static void as(Task task, Runnable work) {
        Task before = Task.enter(task);
        work.run();
        Task.enter(before);
    }

    private static TestMachine machine() {
        return TestMachine.watchedBy(sanitizer, 1 << 20);
    }

    private static PageOwner owner(PageFrames frames, long pfn) {
        return frames.dump(pfn).owner().orElseThrow();
    }

    @Test
    void page_knowsWhoAllocatedAndWhoFreedItLast() {
        try (TestMachine machine = machine()) {
            PageFrames frames = machine.mm.frames();
            Task.enter(READER);
            long pfn = frames.alloc();
            Task.enter(null);
            PageOwner first = owner(frames, pfn);
            assertThat(first.allocated()).isTrue();
            assertThat(first.allocatedBy().task()).isSameAs(READER);
            assertThat(first.freedBy()).isNull();
            as(WRITER, () -> frames.free(pfn));
            PageOwner freed = owner(frames, pfn);
            assertThat(freed.allocated()).isFalse();
            assertThat(freed.allocatedBy().task()).isSameAs(READER);
            assertThat(freed.freedBy().task()).isSameAs(WRITER);
            as(WRITER, () -> assertThat(frames.alloc()).isEqualTo(pfn));
            PageOwner again = owner(frames, pfn);
            assertThat(again.allocated()).isTrue();
            assertThat(again.allocatedBy().task()).isSameAs(WRITER);
            assertThat(again.freedBy().task()).isSameAs(WRITER);
            frames.free(pfn);
        }
    }

    @Test
    void everyPageOfABlock_knowsItsOrder_untilItIsSplit() {
        try (TestMachine machine = machine()) {
            PageFrames frames = machine.mm.frames();
            long pfn = frames.alloc(Gfp.KERNEL, 2);
            for (int i = 0; i < 4; i++) {
                assertThat(owner(frames, pfn + i).order()).isEqualTo(2);
            }
            frames.split(pfn);
            frames.free(pfn + 3);
            assertThat(owner(frames, pfn + 2).order()).isZero();
            assertThat(owner(frames, pfn + 2).allocated()).isTrue();
            assertThat(owner(frames, pfn + 3).allocated()).isFalse();
            for (int i = 0; i < 3; i++) {
                frames.free(pfn + i);
            }
        }
    }

    @Test
    void pageThatWasNeverAllocated_hasNoOwner() {
        try (TestMachine machine = machine()) {
            assertThat(machine.mm.frames().dump(1000).owner()).isEmpty();
        }
    }
}
