package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jkasan.program.Path;

class TrackDepotProperties {

    private record Both(Track kept, Track whole) {}

    @Property(tries = 100)
    void stacks_areOneRecordIfTheyAreTheSame(
            @ForAll @Size(max = 30) List<@Size(max = 4) List<@IntRange(max = 2) Integer>> paths) {
        TrackDepot depot = Depots.deep(1024);
        Map<List<Integer>, SavedStack> records = new HashMap<>();
        Map<SavedStack, List<Integer>> ways = new HashMap<>();
        for (List<Integer> path : paths) {
            SavedStack stack = Path.along(path, depot::here).stack();
            assertThat(records.computeIfAbsent(path, p -> stack)).isSameAs(stack);
            assertThat(ways.computeIfAbsent(stack, s -> path)).isEqualTo(path);
        }
        assertThat(depot.dropped()).isZero();
    }

    @Property(tries = 100)
    void frames_areThoseOfTheEvent_asDeepAsStacksAreKept(
            @ForAll @Size(max = 10) List<@Size(max = 80) List<@IntRange(max = 2) Integer>> paths,
            @ForAll @IntRange(min = 1, max = 100) int depth) {
        TrackDepot depot = Depots.deep(depth);
        for (List<Integer> path : paths) {
            Both both = Path.along(path, () -> new Both(depot.here(), Track.here()));
            List<StackTraceElement> frames = both.whole.frames();
            assertThat(both.kept.frames())
                    .isEqualTo(frames.subList(0, Math.min(depth, frames.size())));
        }
    }

    @Property(tries = 200)
    void rawBacktraces_areTheSameIfTheirFramesInWordsAre(
            @ForAll @Size(max = 40) List<@IntRange(max = 2) Integer> one,
            @ForAll @Size(max = 40) List<@IntRange(max = 2) Integer> other,
            @ForAll @IntRange(max = 80) int most) {
        List<List<Integer>> paths = List.of(one, other, one);
        Throwable[] stacks = new Throwable[paths.size()];
        for (int i = 0; i < stacks.length; i++) {
            stacks[i] = Path.along(paths.get(i), StackRecord.Backtrace::new);
            assertThat(RawBacktrace.isRaw(stacks[i])).isTrue();
        }
        for (Throwable stack : stacks) {
            boolean same = RawBacktrace.wordsSame(stacks[0], stack, most);
            assertThat(RawBacktrace.same(stacks[0], stack, most)).isEqualTo(same);
            if (same) {
                assertThat(RawBacktrace.hash(stack, most))
                        .isEqualTo(RawBacktrace.hash(stacks[0], most));
                assertThat(RawBacktrace.wordsHash(stack, most))
                        .isEqualTo(RawBacktrace.wordsHash(stacks[0], most));
            }
        }
        assertThat(RawBacktrace.same(stacks[0], stacks[2], most)).isTrue();
    }
}
