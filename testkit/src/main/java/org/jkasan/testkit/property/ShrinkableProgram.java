package org.jkasan.testkit.property;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * A program and the simpler ones to try in its place: with fewer steps, with two steps in one, and
 * with smaller numbers.
 */
final class ShrinkableProgram<S extends Subject> implements Shrinkable<Program<S>> {

    /*
     * What jqwik does with lists does not get from write(20), write(41) to write(63): no single step
     * can go, and no number be smaller. So a step can also go into another one, whose size grows by
     * its own, and by a little for what each step costs besides, such as a header.
     */

    private static final int[] COSTS = {0, 1, 2, 4, 8, 16};
    private static final int MOST = 0xffff;

    private final ActionTable<S> table;
    private final List<Step> steps;

    ShrinkableProgram(ActionTable<S> table, List<Step> steps) {
        this.table = table;
        this.steps = List.copyOf(steps);
    }

    @Override
    public Program<S> value() {
        return new Program<>(table, steps);
    }

    @Override
    public Stream<Shrinkable<Program<S>>> shrink() {
        return Stream.of(withoutRuns(), merged(), smaller())
                .flatMap(candidates -> candidates)
                .map(candidate -> new ShrinkableProgram<>(table, candidate));
    }

    /** Without a half, a quarter, ... a single step. */
    private Stream<List<Step>> withoutRuns() {
        return Stream.iterate(steps.size() / 2, length -> length > 0, length -> length / 2)
                .flatMap(
                        length ->
                                IntStream.rangeClosed(0, (steps.size() - 1) / length)
                                        .mapToObj(i -> without(i * length, length)));
    }

    private List<Step> without(int from, int length) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.subList(from, Math.min(from + length, steps.size())).clear();
        return fewer;
    }

    /** With one step less, and another one's size larger for it. */
    private Stream<List<Step>> merged() {
        return IntStream.range(0, steps.size())
                .boxed()
                .flatMap(
                        from ->
                                IntStream.range(0, steps.size())
                                        .filter(into -> into != from)
                                        .boxed()
                                        .flatMap(into -> merged(from, into)));
    }

    private Stream<List<Step>> merged(int from, int into) {
        Step other = steps.get(into);
        return IntStream.of(COSTS)
                .map(cost -> steps.get(from).size() + other.size() + cost)
                .filter(size -> size <= MOST)
                .mapToObj(
                        size -> {
                            List<Step> fewer = new ArrayList<>(steps);
                            fewer.set(
                                    into,
                                    new Step(other.action(), other.pick(), size, other.value()));
                            fewer.remove(from);
                            return fewer;
                        });
    }

    private Stream<List<Step>> smaller() {
        return IntStream.range(0, steps.size()).boxed().flatMap(this::smaller);
    }

    private Stream<List<Step>> smaller(int at) {
        Step step = steps.get(at);
        Stream<Step> picks =
                below(step.pick(), 0)
                        .mapToObj(i -> new Step(step.action(), i, step.size(), step.value()));
        Stream<Step> values =
                below(step.value(), 0)
                        .mapToObj(i -> new Step(step.action(), step.pick(), step.size(), i));
        Stream<Step> sizes =
                below(step.size(), 1)
                        .mapToObj(i -> new Step(step.action(), step.pick(), i, step.value()));
        return Stream.of(picks, values, sizes)
                .flatMap(candidates -> candidates)
                .map(
                        candidate -> {
                            List<Step> simpler = new ArrayList<>(steps);
                            simpler.set(at, candidate);
                            return simpler;
                        });
    }

    /** Smaller numbers: the least, then half as far away, ... then one less; so it is bisected. */
    private static IntStream below(int number, int least) {
        return IntStream.iterate(number - least, distance -> distance > 0, distance -> distance / 2)
                .map(distance -> number - distance);
    }

    @Override
    public ShrinkingDistance distance() {
        long numbers = 0;
        for (Step step : steps) {
            numbers += step.size() + step.value() + step.pick();
        }
        return ShrinkingDistance.of(steps.size(), numbers);
    }
}
