package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jkasan.report.FrameInfo.FrameObject;
import org.junit.jupiter.api.Test;

class StackTextTest {

    private static final long STACK = 0xffffc90000008000L;
    private static final long FRAME = STACK + 0x7f40;
    private static final Task WORKER = new Task("kworker/0:1", 12);

    private static FrameInfo frame(long marker) {
        return new FrameInfo(
                "parse_header",
                FRAME,
                marker,
                List.of(new FrameObject("count", 32, 36), new FrameObject("buf", 96, 120)));
    }

    private static StackRegion stack(boolean current, FrameInfo frame) {
        return new StackRegion(WORKER, current, STACK, STACK + 0x8000, Optional.ofNullable(frame));
    }

    private static VmallocRegion area() {
        return new VmallocRegion(STACK, 0x8000, 8, Reports.allocated(), null);
    }

    private static Reports.Sketch outOfBounds() {
        return Reports.sketch()
                .type(BugType.STACK_OUT_OF_BOUNDS)
                .task(WORKER)
                .access(AccessKind.WRITE, FRAME + 120, 1);
    }

    @Test
    void format_stackOutOfBounds() throws IOException {
        int[] shadow = {
            0xf1, 0xf1, 0xf1, 0xf1, 4, 0xf4, 0xf4, 0xf4, 0xf2, 0xf2, 0xf2, 0xf2, 0, 0, 0, 0xf4,
            0xf3, 0xf3, 0xf3, 0xf3, 0, 0, 0, 0
        };
        Golden.check(
                "stack-out-of-bounds",
                outOfBounds()
                        .region(area(), stack(true, frame(FrameInfo.MAGIC)))
                        .rows(Reports.rows(FRAME + 120, FRAME, shadow))
                        .text());
    }

    @Test
    void frameWithOneObject_isSingular() {
        FrameInfo one =
                new FrameInfo("f", FRAME, FrameInfo.MAGIC, List.of(new FrameObject("x", 32, 40)));
        assertThat(outOfBounds().region(stack(true, one)).text())
                .contains("\nThis frame has 1 object:\n [32, 40) 'x'\n\n");
    }

    @Test
    void overwrittenHeader_isAnInvalidMarker() {
        assertThat(outOfBounds().region(area(), stack(true, frame(0x2a))).text())
                .contains(
                        """
                        The buggy address belongs to stack of task kworker/0:1/12
                        KASAN internal error: frame has invalid marker: 0x000000000000002a

                        The buggy address belongs to a 8-page vmalloc region""");
    }

    @Test
    void addressOutsideAllFrames_hasTheTaskOnly() {
        assertThat(outOfBounds().region(stack(true, null)).text())
                .contains(
                        """

                        The buggy address belongs to stack of task kworker/0:1/12

                        The buggy address belongs to a vmalloc virtual mapping
                        """);
    }

    @Test
    void stackOfAnotherTask_isAnAreaLikeAnyOther() {
        assertThat(outOfBounds().region(area(), stack(false, null)).text())
                .doesNotContain("stack of task")
                .contains("Allocated by task 1:")
                .contains("located 32696 bytes inside of\n allocated 32768-byte region");
    }

    @Test
    void names_cannotForgeLines() {
        FrameInfo forged =
                new FrameInfo(
                        "f\nBUG",
                        FRAME,
                        FrameInfo.MAGIC,
                        List.of(new FrameObject("x\nBUG", 32, 40)));
        assertThat(outOfBounds().region(stack(true, forged)).text()).doesNotContain("\nBUG\n");
    }
}
