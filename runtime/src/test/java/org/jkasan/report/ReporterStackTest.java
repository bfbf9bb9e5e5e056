package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jkasan.config.FaultMode;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.Test;

/** Reports of an address that two know: the owner of the area, and that of the stack in it. */
class ReporterStackTest extends ReporterFixture {

    private static final Task WORKER = new Task("kworker/0:1", 12);

    private Reporter reporter(boolean linuxTitles) {
        Reporter reporter = reporter(FaultMode.REPORT, true, linuxTitles);
        reporter.register(live());
        reporter.register(
                host ->
                        new AddressInfo(
                                DELTA,
                                new StackRegion(
                                        WORKER, true, KERNEL, KERNEL + PAGE, Optional.empty())));
        return reporter;
    }

    @Test
    void answers_areJoined() {
        shadow.poison(HOST + 64, 32, ShadowByte.STACK_MID);
        reporter(false).report(read(64, 1));
        assertThat(only())
                .contains("BUG: KASAN: stack-out-of-bounds in ")
                .contains("belongs to stack of task kworker/0:1/12\n")
                .contains("belongs to a 1-page vmalloc region starting at 0xffffc900002fd000 ");
    }

    @Test
    void endedScope_isUseAfterScope() {
        shadow.poison(HOST + 64, 32, ShadowByte.VMALLOC_INVALID);
        reporter(false).report(read(64, 1));
        assertThat(only()).contains("BUG: KASAN: stack-use-after-scope in ");
    }

    @Test
    void endedScope_isOutOfBoundsInTheKernelsWords() {
        shadow.poison(HOST + 64, 32, ShadowByte.VMALLOC_INVALID);
        reporter(true).report(read(64, 1));
        assertThat(only()).contains("BUG: KASAN: vmalloc-out-of-bounds in ");
    }

    @Test
    void accessThatLeavesTheStack_isOutOfBounds() {
        shadow.unpoison(HOST, PAGE);
        reporter(false).report(read(PAGE - 4, 8));
        assertThat(only()).contains("BUG: KASAN: vmalloc-out-of-bounds in ");
    }
}
