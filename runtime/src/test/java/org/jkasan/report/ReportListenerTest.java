package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jkasan.config.FaultMode;
import org.junit.jupiter.api.Test;

class ReportListenerTest extends ReporterFixture {

    private final List<ReportInfo> seen = new ArrayList<>();

    /** Sees the report and expects it or not. */
    private ReportListener listener(boolean expects) {
        return info -> {
            seen.add(info);
            return expects;
        };
    }

    @Test
    void listener_seesTheDataOfWhatIsPrinted() {
        Reporter reporter = reporter();
        reporter.register(live());
        reporter.addListener(listener(false));
        reporter.report(read(SIZE, 1));
        assertThat(seen).hasSize(1);
        assertThat(ReportFormatter.format(seen.get(0))).isEqualTo(only());
        assertThat(seen.get(0).vmalloc().orElseThrow().start()).isEqualTo(KERNEL);
        assertThat(reporter.reports()).isEqualTo(1);
    }

    @Test
    void repeats_areSeenAndPrintedOnce() {
        Reporter reporter = reporter();
        reporter.addListener(listener(false));
        for (int i = 0; i < 3; i++) {
            reporter.report(read(SIZE, 1));
        }
        assertThat(seen).extracting(ReportInfo::tainted).containsExactly(false, true, true);
        assertThat(texts).hasSize(1);
        assertThat(reporter.repeats()).isEqualTo(2);
    }

    @Test
    void expected_leavesNoTrace() {
        Reporter reporter = reporter(FaultMode.THROW, false, false);
        reporter.addListener(listener(true));
        for (int i = 0; i < 2; i++) {
            assertThatCode(() -> reporter.report(read(SIZE, 1))).doesNotThrowAnyException();
            reporter.report(wild(16, 8, BugType.NULL_PTR_DEREF));
            reporter.reportFree(BugType.DOUBLE_FREE, free());
            assertThat(seen).hasSize(3 * i + 3);
        }
        assertThat(seen).extracting(ReportInfo::tainted).containsOnly(false);
        assertThat(texts).isEmpty();
        assertThat(reporter.reports() + reporter.repeats()).isZero();
    }

    /** The bug was not remembered either, so that it is printed where it is not expected. */
    @Test
    void expectedBefore_isReportedAfterwards() {
        Reporter reporter = reporter(FaultMode.THROW, false, false);
        ReportListener expecting = listener(true);
        for (int i = 0; i < 2; i++) {
            if (i == 0) {
                reporter.addListener(expecting);
                reporter.report(read(SIZE, 1));
                reporter.removeListener(expecting);
            } else {
                assertThatThrownBy(() -> reporter.report(read(SIZE, 1)))
                        .isInstanceOf(KasanError.class);
            }
        }
        assertThat(only()).contains("Read of size 1").contains("Not tainted");
    }

    @Test
    void latestListener_isAskedFirst() {
        Reporter reporter = reporter();
        List<String> asked = new ArrayList<>();
        reporter.addListener(info -> asked.add("outer"));
        ReportListener inner =
                info -> {
                    asked.add("inner");
                    return info.size() == 1;
                };
        reporter.addListener(inner);
        reporter.report(read(SIZE, 1));
        reporter.report(read(SIZE, 2));
        assertThat(asked).containsExactly("inner", "inner", "outer");
        reporter.removeListener(inner);
        assertThatIllegalStateException()
                .isThrownBy(() -> reporter.removeListener(inner))
                .withMessage("No listener to remove: it was not added, or was removed before.");
    }

    @Test
    void failingListener_isNotedAndTheReportMade() {
        Reporter reporter = reporter();
        reporter.addListener(
                info -> {
                    throw new AssertionError("too many");
                });
        reporter.report(read(SIZE, 1));
        assertThat(texts).hasSize(2);
        assertThat(texts.get(0))
                .isEqualTo(
                        "KASAN: a listener of reports failed: java.lang.AssertionError:"
                                + " too many\n");
        assertThat(texts.get(1)).contains("Read of size 1");
    }

    @Test
    void accessOfAListener_isNotReported() {
        Reporter reporter = reporter();
        reporter.addListener(
                info -> {
                    reporter.report(read(SIZE, 8));
                    return seen.add(info);
                });
        reporter.report(read(SIZE, 1));
        assertThat(seen).hasSize(1);
        assertThat(texts).isEmpty();
    }

    @Test
    void suppressedAndCollected_areNotSeen() {
        Reporter reporter = reporter();
        reporter.addListener(listener(true));
        reporter.disableCurrent();
        reporter.report(read(SIZE, 1));
        reporter.enableCurrent();
        assertThat(reporter.collect(() -> reporter.report(read(SIZE, 1)))).hasSize(1);
        assertThat(seen).isEmpty();
    }

    /**
     * Printed after the wait, and seen by the listener on the thread of the access all the same.
     */
    @Test
    void heldUpReport_isSeenOnItsOwnThread() throws InterruptedException {
        LinkedBlockingQueue<String> printed = new LinkedBlockingQueue<>();
        CountDownLatch release = new CountDownLatch(1);
        Reporter reporter = heldUp(release, printed::add);
        List<Thread> threads = new ArrayList<>();
        reporter.addListener(info -> threads.add(Thread.currentThread()) && seen.add(info));
        Thread program = new Thread(() -> reporter.report(read(SIZE, 1)), "stuck");
        program.start();
        assertThat(printed.take()).contains("its owner does not answer");
        release.countDown();
        program.join();
        assertThat(threads).containsExactly(program);
        assertThat(seen.get(0).vmalloc()).isPresent();
        assertThat(printed).isEmpty();
    }
}
