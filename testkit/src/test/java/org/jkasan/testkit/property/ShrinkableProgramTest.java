package org.jkasan.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.Shrinkable;
import org.junit.jupiter.api.Test;

class ShrinkableProgramTest {

    private static final ActionTable<Subject> TABLE = ActionTable.empty();

    /** The first simpler program that still fails, again and again, as jqwik goes. */
    private static List<Step> shrunk(Predicate<List<Step>> fails, Step... steps) {
        Shrinkable<Program<Subject>> at = new ShrinkableProgram<>(TABLE, List.of(steps));
        Optional<Shrinkable<Program<Subject>>> simpler = Optional.of(at);
        while (simpler.isPresent()) {
            at = simpler.get();
            simpler = at.shrink().filter(next -> fails.test(next.value().steps())).findFirst();
        }
        return at.value().steps();
    }

    @Test
    void numbers_shrinkToTheSmallestThatFail() {
        List<Step> steps =
                shrunk(
                        some ->
                                some.stream()
                                        .anyMatch(
                                                step ->
                                                        step.pick() >= 7
                                                                && step.size() >= 1000
                                                                && step.value() >= 100),
                        new Step(3, 1, 5, 9),
                        new Step(1, 200, 36_873, 34_967),
                        new Step(2, 0, 0, 0));

        assertThat(steps).containsExactly(new Step(1, 7, 1000, 100));
    }

    @Test
    void steps_areMergedWhereNoneCanGo() {
        List<Step> steps =
                shrunk(
                        some -> some.stream().mapToInt(step -> step.size() + 2).sum() >= 65,
                        new Step(1, 0, 20, 0),
                        new Step(1, 0, 41, 0));

        assertThat(steps).containsExactly(new Step(1, 0, 63, 0));
    }
}
