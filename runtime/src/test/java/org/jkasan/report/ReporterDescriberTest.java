package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.example.SectionTable;
import org.jkasan.config.FaultMode;
import org.junit.jupiter.api.Test;

class ReporterDescriberTest extends ReporterFixture {

    @Test
    void withoutDescriber_addressIsTheOneOfTheAccess() {
        Reporter reporter = reporter();
        reporter.report(new BadAccess(AccessKind.READ, KERNEL + SIZE, HOST + SIZE, 1));
        assertThat(only())
                .contains("at addr ffffc900002fd7f3 by")
                .contains("\nThe buggy address belongs to a vmalloc virtual mapping\n")
                .contains("\n>ffffc900002fd780: ");
    }

    @Test
    void reportInsideAReport_isNone() {
        List<String> all = new ArrayList<>();
        Reporter[] self = new Reporter[1];
        self[0] =
                reporter(
                        FaultMode.THROW,
                        true,
                        false,
                        100,
                        text -> {
                            self[0].report(write(SIZE, 2));
                            all.add(text);
                        });
        self[0].register(
                host -> {
                    self[0].report(write(SIZE, 1));
                    return null;
                });
        assertThatThrownBy(() -> self[0].report(read(SIZE, 1))).isInstanceOf(KasanError.class);
        assertThat(all).singleElement().asString().contains("Read of size 1");
        assertThatThrownBy(() -> self[0].report(read(SIZE, 1))).isInstanceOf(KasanError.class);
        assertThat(all).hasSize(2);
    }

    @Test
    void failingDescriber_costsOnlyWhatItKnew() {
        Reporter reporter = reporter();
        reporter.register(
                host -> {
                    throw new IllegalStateException("broken tree");
                });
        reporter.register(live());
        reporter.report(read(SIZE, 1));
        assertThat(only())
                .contains("1-page vmalloc region")
                .contains(
                        "\n(the address could not be described: java.lang.IllegalStateException:"
                                + " broken tree)\n");
    }

    @Test
    void unregisteredDescriber_isNotAsked() {
        Reporter reporter = reporter();
        AddressDescriber describer = live();
        reporter.register(describer);
        reporter.unregister(describer);
        reporter.report(read(SIZE, 1));
        assertThat(only()).doesNotContain("1-page vmalloc region");
    }

    @Test
    void waitingDescriber_isNotWaitedFor() throws InterruptedException {
        LinkedBlockingQueue<String> printed = new LinkedBlockingQueue<>();
        CountDownLatch release = new CountDownLatch(1);
        Reporter reporter = heldUp(release, printed::add);
        Thread program =
                new Thread(() -> SectionTable.parse(() -> reporter.report(read(SIZE, 1))), "stuck");
        program.start();
        assertThat(printed.take())
                .contains("KASAN: vmalloc-out-of-bounds in SectionTable.parse\n")
                .contains(" by task stuck/")
                .contains("(the address could not be described: its owner does not answer)\n")
                .contains("\nMemory state");
        release.countDown();
        program.join();
        assertThat(printed).isEmpty();
        assertThat(reporter.reports()).isEqualTo(1);
    }
}
