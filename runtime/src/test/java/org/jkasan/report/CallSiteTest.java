package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.config.StackMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallSiteTest {

    private static final StackTraceElement PLACE =
            new StackTraceElement("a.Driver", "probe", "Driver.java", 17);

    private final CallSite site = new CallSite(PLACE);
    private final Task task = new Task("modprobe", 5);
    private Task before;

    @BeforeEach
    void enter() {
        before = Task.enter(task);
    }

    @AfterEach
    void leave() {
        Task.enter(before);
    }

    private static boolean isWhole(Track track) {
        return track.frames().get(0).getClassName().startsWith("java.")
                || track.frames().size() > 1;
    }

    private List<Track> tracks(StackMode mode, int events) {
        TrackDepot depot = Depots.of(mode);
        return Stream.generate(() -> depot.here(site)).limit(events).toList();
    }

    @Test
    void caller_isTheOnlyFrame() {
        for (Track track : tracks(StackMode.CALLER, 2000)) {
            assertThat(track.frames()).containsExactly(PLACE);
            assertThat(track.task()).isSameAs(task);
        }
    }

    @Test
    void callerAndTask_areKeptOnce() {
        TrackDepot depot = Depots.of(StackMode.CALLER);
        Track first = depot.here(site);
        assertThat(depot.here(site)).isSameAs(first);
        Task.enter(new Task("modprobe", 9));
        assertThat(depot.here(site).task().pid()).isEqualTo(9);
        Task.enter(task);
        assertThat(depot.here(site).task()).isSameAs(task);
        assertThat(depot.here(new CallSite(PLACE))).isNotSameAs(first);
    }

    @Test
    void auto_keepsTheFirstStacksWholeAndLaterOnesSparsely() {
        int sparse = 40;
        List<Track> tracks = tracks(StackMode.AUTO, CallSite.FIRST_EVENTS + sparse * 1024);
        assertThat(tracks.subList(0, CallSite.FIRST_EVENTS)).allMatch(CallSiteTest::isWhole);
        long whole =
                tracks.stream().skip(CallSite.FIRST_EVENTS).filter(CallSiteTest::isWhole).count();
        assertThat(whole).isBetween(sparse / 2L, sparse * 2L);
        assertThat(tracks).filteredOn(track -> !isWhole(track)).allMatch(CallSiteTest::isPlaceOnly);
    }

    private static boolean isPlaceOnly(Track track) {
        return track.frames().equals(List.of(PLACE));
    }

    @Test
    void auto_keepsWholeStacksOfAllPlacesInALoop() {
        TrackDepot depot = Depots.of(StackMode.AUTO);
        CallSite[] places = {site, new CallSite(PLACE), new CallSite(PLACE), new CallSite(PLACE)};
        int[] whole = new int[places.length];
        for (int i = 0; i < 400 * 1024; i++) {
            Track track = depot.here(places[i % places.length]);
            boolean first = i < places.length * CallSite.FIRST_EVENTS;
            whole[i % places.length] += !first && isWhole(track) ? 1 : 0;
        }
        assertThat(Arrays.stream(whole)).allMatch(count -> count > 20);
    }

    @Test
    void full_keepsEveryStack() {
        assertThat(tracks(StackMode.FULL, 2000)).allMatch(CallSiteTest::isWhole);
    }

    @Test
    void withoutACallSite_everyStackIsWhole() {
        for (StackMode mode : StackMode.values()) {
            TrackDepot depot = Depots.of(mode);
            for (int i = 0; i < 2000; i++) {
                assertThat(isWhole(depot.here(null))).isTrue();
            }
        }
    }

    @Test
    void renamedThread_isKnownByItsNewName() {
        Task.enter(null);
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        TrackDepot depot = Depots.of(StackMode.CALLER);
        assertThat(depot.here(site).task().comm()).isEqualTo(name);
        thread.setName("renamed");
        try {
            assertThat(depot.here(site).task().comm()).isEqualTo("renamed");
        } finally {
            thread.setName(name);
        }
    }
}
