package org.jkasan.testkit.property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * The actions of which programs are made, and how often each occurs. Immutable.
 *
 * @param <S> what they act on
 */
public final class ActionTable<S extends Subject> {

    private static final int MOST_ACTIONS = 256;
    private static final int BYTE = 255;

    /** What jqwik goes by where it does not know the number of tries: its default. */
    private static final int GEN_SIZE = 1000;

    private record Row<S>(String name, int weight, Effect<? super S> effect) {}

    private final List<Row<S>> rows;

    private ActionTable(List<Row<S>> rows) {
        this.rows = List.copyOf(rows);
    }

    /** No action yet. */
    public static <S extends Subject> ActionTable<S> empty() {
        return new ActionTable<>(List.of());
    }

    /**
     * The table with one more action.
     *
     * @param weight how often it is chosen, compared with the others
     */
    public ActionTable<S> with(int weight, String name, Effect<? super S> effect) {
        List<Row<S>> more = new ArrayList<>(rows);
        more.add(new Row<>(name, weight, effect));
        if (more.size() > MOST_ACTIONS) {
            throw new IllegalArgumentException("A table has at most 256 actions.");
        }
        return new ActionTable<>(more);
    }

    /** The table with all actions of another, which act on a part of this one's subject. */
    public <T extends Subject> ActionTable<S> including(
            ActionTable<T> other, Function<? super S, ? extends T> part) {
        ActionTable<S> all = this;
        for (Row<T> row : other.rows) {
            all =
                    all.with(
                            row.weight,
                            row.name,
                            (state, arguments) -> row.effect.apply(part.apply(state), arguments));
        }
        return all;
    }

    /** The names of the actions. */
    public List<String> names() {
        return rows.stream().map(Row::name).toList();
    }

    /** Programs of up to so many steps; they shrink to fewer, with smaller numbers. */
    public Arbitrary<Program<S>> programs(int mostSteps) {
        RandomGenerator<List<Step>> lists =
                Combinators.combine(
                                actions(),
                                Arbitraries.integers().between(0, BYTE),
                                KasanArbitraries.sizes(0xffff),
                                KasanArbitraries.values())
                        .as(Step::new)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(mostSteps)
                        .generator(GEN_SIZE);
        return Arbitraries.fromGenerator(
                random -> new ShrinkableProgram<>(this, lists.next(random).value()));
    }

    private Arbitrary<Integer> actions() {
        List<Tuple2<Integer, Integer>> frequencies = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            frequencies.add(Tuple.of(rows.get(i).weight, i));
        }
        return Arbitraries.frequency(frequencies);
    }

    /** The program that a fuzzer's bytes stand for: any bytes are one. */
    public Program<S> decode(byte[] bytes) {
        return new Program<>(this, Step.decode(bytes));
    }

    void apply(Step step, S subject, Arguments arguments) {
        rows.get(step.action() % rows.size()).effect.apply(subject, arguments);
    }
}
