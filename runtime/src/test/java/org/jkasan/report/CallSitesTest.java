package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallSitesTest {

    private final CallSites sites = new CallSites();

    private static StackTraceElement line(int number) {
        return new StackTraceElement("a.B", "c", "B.java", number);
    }

    @Test
    void number_isTheSameForTheSamePlace() {
        int first = sites.number(line(1));
        assertThat(first).isNotEqualTo(CallSites.NONE);
        assertThat(sites.number(line(2))).isNotEqualTo(first);
        assertThat(sites.number(line(1))).isEqualTo(first);
        assertThat(sites.number(new StackTraceElement("a.B", "d", "B.java", 1)))
                .isNotEqualTo(first);
    }

    @Test
    void site_isThePlaceOfItsNumber() {
        for (int i = 0; i < 1000; i++) {
            int number = sites.number(line(i));
            assertThat(sites.site(number).place()).isEqualTo(line(i));
        }
        assertThat(sites.site(sites.number(line(0))).place()).isEqualTo(line(0));
    }

    @Test
    void site_ofNoNumberThatWasGiven_isNull() {
        int number = sites.number(line(1));
        assertThat(sites.site(CallSites.NONE)).isNull();
        assertThat(sites.site(-1)).isNull();
        assertThat(sites.site(number + 1)).isNull();
        assertThat(sites.site(1 << 24)).isNull();
    }

    @Test
    void number_beyondTheMost_isNone() {
        CallSites few = new CallSites(2);
        int first = few.number(line(1));
        assertThat(few.number(line(2))).isNotEqualTo(CallSites.NONE);
        assertThat(few.number(line(3))).isEqualTo(CallSites.NONE);
        assertThat(few.number(line(1))).isEqualTo(first);
    }

    @Test
    void numbersGivenByManyThreads_areThoseOfTheirPlaces() {
        List<CompletableFuture<?>> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int offset = t * 100;
            threads.add(
                    CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 400; i++) {
                                    StackTraceElement place = line(offset + i);
                                    CallSite site = sites.site(sites.number(place));
                                    assertThat(site.place()).isEqualTo(place);
                                }
                            }));
        }
        threads.forEach(CompletableFuture::join);
    }
}
