package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.example.SectionTable;
import org.jkasan.config.FaultMode;
import org.junit.jupiter.api.Test;

class ReporterDistinctTest extends ReporterFixture {

    @Test
    void sameBug_isReportedOnce() {
        Reporter reporter = reporter();
        for (int i = 0; i < 5; i++) {
            int offset = SIZE + i;
            SectionTable.parse(() -> reporter.report(read(offset, 1)));
        }
        assertThat(texts).hasSize(1);
        assertThat(reporter.reports()).isEqualTo(1);
        assertThat(reporter.repeats()).isEqualTo(4);
    }

    @Test
    void otherLineKindOrTitle_isAnotherBug() {
        Reporter reporter = reporter();
        List<BadAccess> accesses =
                List.of(read(SIZE, 1), write(SIZE, 1), wild(0, 1, BugType.NULL_PTR_DEREF));
        for (int round = 0; round < 2; round++) {
            for (BadAccess access : accesses) {
                SectionTable.parse(() -> reporter.report(access));
                SectionTable.validate(() -> reporter.report(access));
            }
        }
        assertThat(texts).hasSize(6);
        assertThat(reporter.repeats()).isEqualTo(6);
    }

    @Test
    void callersBeyondThree_makeNoOtherBug() {
        Reporter reporter = reporter();
        for (int depth = 3; depth < 6; depth++) {
            SectionTable.nested(depth, () -> reporter.report(read(SIZE, 1)));
        }
        assertThat(texts).hasSize(1);
    }

    @Test
    void multiShot_reportsAll() {
        Reporter reporter = reporter(FaultMode.REPORT, true, false);
        for (int i = 0; i < 5; i++) {
            SectionTable.parse(() -> reporter.report(read(SIZE, 1)));
        }
        assertThat(texts).hasSize(5);
        assertThat(reporter.repeats()).isZero();
        assertThat(texts.get(0)).contains(" Not tainted ");
        assertThat(texts.get(1)).contains(" Tainted: B ").contains("\nTainted: [B]=BAD_PAGE\n");
    }

    @Test
    void tooManyDistinctBugs_areCountedAndSaidOnce() {
        Reporter reporter = reporter(FaultMode.REPORT, false, false, 1, texts::add);
        for (int i = 0; i < 3; i++) {
            SectionTable.parse(() -> reporter.report(read(SIZE, 1)));
            SectionTable.validate(() -> reporter.report(read(SIZE, 1)));
        }
        assertThat(texts).hasSize(2);
        assertThat(texts.get(1))
                .isEqualTo(
                        "KASAN: 1 distinct bugs were reported; further ones are only counted.\n");
        assertThat(reporter.reports()).isEqualTo(1);
        assertThat(reporter.repeats()).isEqualTo(2);
        assertThat(reporter.unprinted()).isEqualTo(3);
    }
}
