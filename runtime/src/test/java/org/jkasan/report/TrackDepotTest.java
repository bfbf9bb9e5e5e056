package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.jkasan.config.StackMode;
import org.junit.jupiter.api.Test;

class TrackDepotTest {

    private final TrackDepot depot = new TrackDepot(StackMode.FULL);

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
    void stacksThatDifferInAPosition_areTwo() {
        Track one = depot.here();
        Track other = depot.here();
        assertThat(other).isNotSameAs(one);
    }

    @Test
    void stacksThatDifferOnlyFarBelow_areTwo() {
        Track one = deep(100);
        Track other = deep(100);
        assertThat(other).isNotSameAs(one);
        Track[] again = new Track[2];
        for (int i = 0; i < again.length; i++) {
            again[i] = deep(200);
        }
        assertThat(again[1]).isSameAs(again[0]);
    }

    @Test
    void stacksOfDifferentDepth_areTwo() {
        Track[] tracks = new Track[2];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = deep(50 + i);
        }
        assertThat(tracks[1]).isNotSameAs(tracks[0]);
    }

    @Test
    void otherTasks_haveTracksOfTheirOwn() {
        Track[] tracks = new Track[2];
        for (int i = 0; i < tracks.length; i++) {
            Task before = Task.enter(new Task("task" + i, 1));
            tracks[i] = depot.here();
            Task.enter(before);
        }
        assertThat(tracks[0].task().comm()).isEqualTo("task0");
        assertThat(tracks[1].task().comm()).isEqualTo("task1");
    }

    @Test
    void trackThatWasPrinted_isStillRight() {
        Track[] tracks = new Track[2];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = depot.here();
            assertThat(tracks[i].frames()).isNotEmpty();
        }
        assertThat(tracks[1].frames()).isEqualTo(tracks[0].frames());
    }

    @Test
    void racingThreads_getTheirOwnStacks() {
        CompletableFuture<?>[] threads = new CompletableFuture<?>[4];
        for (int i = 0; i < threads.length; i++) {
            int depth = i;
            threads[i] =
                    CompletableFuture.runAsync(
                            () -> {
                                Task task = Task.current();
                                for (int n = 0; n < 2000; n++) {
                                    assertThat(deep(depth).task()).isEqualTo(task);
                                }
                            });
        }
        CompletableFuture.allOf(threads).join();
    }

    private Track deep(int depth) {
        return depth == 0 ? depot.here() : deep(depth - 1);
    }
}
