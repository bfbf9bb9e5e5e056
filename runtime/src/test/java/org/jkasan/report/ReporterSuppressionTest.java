package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.example.SectionTable;
import org.junit.jupiter.api.Test;

/** kasan_disable_current, one-shot and panic_on_warn. */
class ReporterSuppressionTest extends ReporterFixture {

    private static final String PANIC =
            "Kernel panic - not syncing: KASAN: panic_on_warn set ...\n";

    @Test
    void disabledThread_reportsNothing_untilItIsEnabledAsOften() {
        Reporter reporter = reporter();
        reporter.disableCurrent();
        reporter.disableCurrent();
        reporter.report(read(SIZE, 1));
        reporter.enableCurrent();
        reporter.report(read(SIZE, 1));
        assertThat(texts).isEmpty();
        reporter.enableCurrent();
        reporter.report(read(SIZE, 1));
        assertThat(texts).hasSize(1);
        assertThat(reporter.repeats()).isZero();
    }

    @Test
    void disabledThread_isNotThrownAt() {
        Reporter reporter = reporter("kasan.fault=throw");
        reporter.disableCurrent();
        reporter.report(read(SIZE, 1));
        assertThat(texts).isEmpty();
    }

    @Test
    void disabledThread_reportsBadFreesAllTheSame() {
        Reporter reporter = reporter();
        reporter.disableCurrent();
        reporter.reportFree(BugType.DOUBLE_FREE, free());
        assertThat(only()).contains("BUG: KASAN: double-free in ");
    }

    @Test
    void disabledThread_isTheOnlyOne() throws InterruptedException {
        Reporter reporter = reporter();
        reporter.disableCurrent();
        Thread other = new Thread(() -> reporter.report(read(SIZE, 1)));
        other.start();
        other.join();
        assertThat(texts).hasSize(1);
    }

    /** As while the agent is detached. */
    @Test
    void turnedOff_reportsNothingAndBadFreesNeither_butCollects() {
        Reporter reporter = reporter("kasan.fault=throw");
        reporter.turnOff();
        reporter.report(read(SIZE, 1));
        reporter.reportFree(BugType.DOUBLE_FREE, free());
        assertThat(reporter.isOn()).isFalse();
        assertThat(reporter.collect(() -> reporter.report(read(SIZE, 1)))).hasSize(1);
        assertThat(texts).isEmpty();
        reporter.turnOn();
        assertThatThrownBy(() -> reporter.report(read(SIZE, 1))).isInstanceOf(KasanError.class);
        assertThat(texts).hasSize(1);
        assertThat(reporter.reports()).isOne();
    }

    @Test
    void enable_withoutDisable_isRefused() {
        Reporter reporter = reporter();
        assertThatThrownBy(reporter::enableCurrent)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("are not disabled; enable them once for each time");
        reporter.disableCurrent();
        reporter.enableCurrent();
        assertThatThrownBy(reporter::enableCurrent).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void once_reportsTheFirstAndFallsSilent() {
        Reporter reporter = reporter("kasan.report=once");
        for (int i = 0; i < 2; i++) {
            SectionTable.parse(() -> reporter.report(read(SIZE, 1)));
            SectionTable.validate(() -> reporter.report(write(SIZE, 1)));
            reporter.reportFree(BugType.DOUBLE_FREE, free());
        }
        assertThat(only()).contains("BUG: KASAN: vmalloc-out-of-bounds in SectionTable.parse\n");
        assertThat(reporter.reports()).isOne();
        assertThat(reporter.repeats()).isOne();
        assertThat(reporter.unprinted()).isEqualTo(4);
    }

    @Test
    void all_isWhatTheKernelCallsMultiShot() {
        Reporter reporter = reporter("kasan.report=all");
        for (int i = 0; i < 3; i++) {
            reporter.report(read(SIZE, 1));
        }
        assertThat(texts).hasSize(3);
    }

    @Test
    void panicOnWarn_haltsAfterTheReport_beforeTheFaultAction() {
        reporter("kasan.panic_on_warn,kasan.fault=panic").report(read(SIZE, 1));
        assertThat(texts).hasSize(3);
        assertThat(texts.get(0)).contains("BUG: KASAN: ");
        assertThat(texts.get(1)).isEqualTo(PANIC);
        assertThat(texts.get(2)).contains("kasan.fault=panic set ...");
        assertThat(halts).containsExactly(66, 66);
    }

    @Test
    void panicOnWarn_isNothingInMultiShot_butTheFaultActionIs() {
        reporter("kasan.panic_on_warn,kasan_multi_shot").report(read(SIZE, 1));
        assertThat(halts).isEmpty();
        reporter("kasan.panic_on_warn,kasan_multi_shot,kasan.fault=panic").report(read(SIZE, 1));
        assertThat(halts).containsExactly(66);
        assertThat(texts).doesNotContain(PANIC);
    }

    /** All three are one shadow byte, which the kernel knows one title for. */
    @Test
    void linuxTitles_neverSayWhatTheKernelCannot() {
        vfree();
        Task task = Task.current();
        AddressDescriber stack =
                host ->
                        new AddressInfo(
                                DELTA,
                                new StackRegion(
                                        task, true, KERNEL, KERNEL + PAGE, Optional.empty()));
        for (AddressDescriber describer : new AddressDescriber[] {live(), lazilyFreed(), stack}) {
            texts.clear();
            Reporter reporter = reporter("kasan.titles=linux");
            reporter.register(describer);
            reporter.report(read(8, 1));
            assertThat(only()).contains("BUG: KASAN: vmalloc-out-of-bounds in ");
        }
    }
}
