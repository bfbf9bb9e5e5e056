package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.example.SectionTable;
import org.jkasan.config.FaultMode;
import org.junit.jupiter.api.Test;

class ReporterFaultTest extends ReporterFixture {

    @Test
    void faultThrow_throwsEveryTimeAndPrintsOnce() {
        Reporter reporter = reporter(FaultMode.THROW, false, false);
        reporter.register(live());
        for (int i = 0; i < 3; i++) {
            KasanError error =
                    catchThrowableOfType(
                            KasanError.class,
                            () -> SectionTable.parse(() -> reporter.report(read(SIZE, 1))));
            assertThat(error)
                    .hasMessageStartingWith(
                            "BUG: KASAN: vmalloc-out-of-bounds in SectionTable.parse\n"
                                    + "Read of size 1 at addr ffffc900002fd7f3 by task ");
            assertThat(error.getStackTrace()[0])
                    .asString()
                    .endsWith("org.example.SectionTable.parse(SectionTable.java:10)");
            assertThat(error.info().type()).isEqualTo(BugType.VMALLOC_OUT_OF_BOUNDS);
        }
        assertThat(texts).hasSize(1);
    }

    @Test
    void faultPanic_haltsAfterAnyReport() {
        Reporter reporter = reporter(FaultMode.PANIC, false, false);
        reporter.report(read(SIZE, 1));
        assertThat(texts).hasSize(2);
        assertThat(texts.get(1))
                .isEqualTo("Kernel panic - not syncing: kasan.fault=panic set ...\n");
        assertThat(halts).containsExactly(66);
    }

    @Test
    void faultPanicOnWrite_haltsAfterWritesAndFrees() {
        Reporter reporter = reporter(FaultMode.PANIC_ON_WRITE, false, false);
        reporter.report(read(SIZE, 1));
        assertThat(halts).isEmpty();
        reporter.report(write(SIZE, 1));
        assertThat(halts).hasSize(1);
        reporter.reportFree(BugType.DOUBLE_FREE, free());
        assertThat(halts).hasSize(2);
        assertThat(texts)
                .contains("Kernel panic - not syncing: kasan.fault=panic_on_write set ...\n");
    }
}
