package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jkasan.config.StackMode;
import org.jkasan.program.Path;
import org.junit.jupiter.api.Test;

class TrackDepotTest {

    private final StringBuilder log = new StringBuilder();
    private final TrackDepot depot = Depots.deep(64);

    private static Track at(TrackDepot depot, Integer... steps) {
        return Path.along(List.of(steps), depot::here);
    }

    private static Track deep(TrackDepot depot, int first, int more) {
        Integer[] steps = Collections.nCopies(more + 1, 0).toArray(Integer[]::new);
        steps[0] = first;
        return at(depot, steps);
    }

    private TrackDepot small(int capacity) {
        return new TrackDepot(StackMode.FULL, 64, capacity, log::append);
    }

    @Test
    void sameStack_isKeptOnce() {
        Track[] tracks = new Track[3];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = depot.here();
        }
        assertThat(tracks[1]).isSameAs(tracks[0]);
        assertThat(tracks[2]).isSameAs(tracks[0]);
    }

    @Test
    void sameStack_ofManyTasks_isKeptOnce() {
        Track[] tracks = new Track[100];
        int[] used = new int[tracks.length];
        for (int i = 0; i < tracks.length; i++) {
            Task before = Task.enter(new Task("task" + i, i));
            tracks[i] = depot.here();
            Task.enter(before);
            used[i] = depot.used();
        }
        for (int i = 0; i < tracks.length; i++) {
            assertThat(tracks[i].task()).isEqualTo(new Task("task" + i, i));
            assertThat(tracks[i].stack()).isSameAs(tracks[0].stack());
            assertThat(used[i]).isEqualTo(used[0]);
        }
    }

    @Test
    void stacksThatDifferInAPosition_areTwo() {
        Track one = depot.here();
        Track other = depot.here();
        assertThat(other.stack()).isNotSameAs(one.stack());
    }

    @Test
    void stacksThatDifferOnlyFarBelow_areTwo() {
        TrackDepot whole = Depots.deep(1024);
        Track[] tracks = new Track[4];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = deep(whole, i % 2, 200);
        }
        assertThat(tracks[1].stack()).isNotSameAs(tracks[0].stack());
        assertThat(tracks[2]).isSameAs(tracks[0]);
        assertThat(tracks[3]).isSameAs(tracks[1]);
    }

    @Test
    void stacksThatDifferBelowWhatIsKept_areOne() {
        Track[] tracks = new Track[2];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = deep(depot, i, 200);
        }
        assertThat(tracks[1]).isSameAs(tracks[0]);
    }

    @Test
    void stacksOfDifferentDepth_areTwo() {
        Track[] tracks = new Track[2];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = deep(depot, 0, 40 + i);
        }
        assertThat(tracks[1].stack()).isNotSameAs(tracks[0].stack());
    }

    @Test
    void deepStack_keepsItsFirstFrames() {
        List<StackTraceElement> frames = at(Depots.deep(3), 2, 2, 2, 2).frames();
        assertThat(frames)
                .extracting(StackTraceElement::getMethodName)
                .containsExactly("along", "turn", "along");
        assertThat(deep(depot, 0, 200).frames()).hasSize(64);
        assertThat(at(Depots.deep(1), 0).frames()).hasSize(1);
    }

    @Test
    void trackThatWasPrinted_isStillRight() {
        Track[] tracks = new Track[2];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = at(depot, 0);
            assertThat(tracks[i].frames()).isNotEmpty();
        }
        assertThat(tracks[1]).isSameAs(tracks[0]);
    }

    @Test
    void fullDepot_dropsNewStacks_saysSoOnce_andKnowsTheOldOnes() {
        TrackDepot full = small(20);
        Track[] tracks = new Track[3];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = deep(full, i == 0 ? 0 : 1, i == 0 ? 2 : 600); // the latter has no room
            assertThat(tracks[i].task()).isEqualTo(Task.current());
        }
        assertThat(tracks[0].frames()).isNotEmpty();
        assertThat(tracks[1].frames()).isEmpty();
        assertThat(tracks[2].frames()).isEmpty();
        assertThat(full.dropped()).isEqualTo(2);
        assertThat(log).hasToString("Stack depot reached limit capacity\n");
        Track[] again = new Track[2];
        for (int i = 0; i < again.length; i++) {
            again[i] = deep(full, 0, 3);
        }
        assertThat(again[1]).isSameAs(again[0]);
        assertThat(full.dropped()).isEqualTo(2);
    }

    @Test
    void fullDepot_reportSaysThatThereIsNoStack() {
        StringBuilder out = new StringBuilder();
        Task before = Task.enter(new Task("insmod", 7));
        try {
            Text.appendTrack(out, "Freed", small(0).here());
        } finally {
            Task.enter(before);
        }
        assertThat(out).hasToString("\nFreed by task 7:\n(stack is not available)\n");
    }

    @Test
    void fullDepot_stillHasTheCaller() {
        TrackDepot full = small(0);
        CallSite caller = new CallSite(new StackTraceElement("a.Driver", "probe", "D.java", 1));
        assertThat(full.here(caller).frames()).isEqualTo(caller.frames());
        assertThat(full.dropped()).isEqualTo(1);
    }

    @Test
    void room_isCountedInChunksOfThirtyTwoFrames() {
        depot.here();
        int before = depot.used();
        deep(depot, 0, 320);
        assertThat(depot.used() - before).isBetween(11, 20);
        assertThat(depot.dropped()).isZero();
    }
}
