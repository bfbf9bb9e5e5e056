package org.jkasan.mm;

import static org.jkasan.mm.TestMachine.PAGE;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.jkasan.mm.MemoryModel.Where;

/**
 * Random actions from several CPUs, some with an allocation of RAM that fails: after each exactly
 * the model's bytes are accessible, and at the end nothing is left.
 */
class MemoryModelProperties {

    private static final int CPUS = 4;
    private static final int ACTIONS = 40;

    /** More than a vmap block serves, and fewer than the model has. */
    private static final int MOST_MAPPED = VmapRam.MAX_ALLOC + 6;

    @Provide
    Arbitrary<ActionChain<MemoryModel>> chains() {
        return ActionChain.startWith(MemoryModel::new)
                .withAction(4, sized("vmalloc", sizes(), MemoryModel::vmalloc))
                .withAction(2, sized("array", sizes(), MemoryModel::array))
                .withAction(1, sized("buffer", sizes(), MemoryModel::buffer))
                .withAction(2, sized("vmap", counts(20), MemoryModel::vmap))
                .withAction(3, sized("vm_map_ram", counts(MOST_MAPPED), MemoryModel::vmMapRam))
                .withAction(1, sized("vmalloc_huge", nearZero(), MemoryModel::huge))
                .withAction(1, sized("percpu areas", counts(12), MemoryModel::percpu))
                .withAction(3, resize())
                .withAction(6, picked("end", MemoryModel::end))
                .withAction(2, picked("end in an interrupt", MemoryModel::endInInterrupt))
                .withAction(1, picked("work", (model, cpu, pick) -> model.doWork(cpu)))
                .withAction(1, picked("end again", MemoryModel::endAgain))
                .withAction(1, picked("end deferred again", MemoryModel::endDeferredAgain))
                .withAction(1, picked("purge some", (model, cpu, pick) -> model.purgeSome(cpu)))
                .withAction(1, picked("purge", (model, cpu, pick) -> model.purge(cpu)))
                .withMaxTransformations(ACTIONS);
    }

    @Property(tries = 40)
    void accessibleBytes_areExactlyTheModels(@ForAll("chains") ActionChain<MemoryModel> chain) {
        chain.withInvariant(MemoryModel::check).run().close();
    }

    @Tag("slow")
    @Property(tries = 3000)
    void accessibleBytes_areExactlyTheModelsForLong(
            @ForAll("chains") ActionChain<MemoryModel> chain) {
        chain.withInvariant(MemoryModel::check).run().close();
    }

    private static Arbitrary<Integer> sizes() {
        Arbitrary<Integer> edges = Arbitraries.of(8, 64, PAGE, 2 * PAGE, 7 * PAGE, 16 * PAGE);
        return Combinators.combine(edges, nearZero()).as((edge, off) -> Math.max(1, edge + off));
    }

    private static Arbitrary<Integer> nearZero() {
        return Arbitraries.integers().between(-9, 9);
    }

    private static Arbitrary<Integer> counts(int most) {
        return Arbitraries.integers().between(1, most);
    }

    private static Arbitrary<Integer> cpus() {
        return Arbitraries.integers().between(0, CPUS - 1);
    }

    private static Arbitrary<Integer> picks() {
        return Arbitraries.integers().between(0, 1000);
    }

    /** Anywhere; one time in seven the first, second or third allocation inside fails. */
    private static Arbitrary<Where> places() {
        Arbitrary<Integer> failing =
                Arbitraries.frequency(
                        Tuple.of(18, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(1, 3));
        return Combinators.combine(cpus(), failing).as(Where::new);
    }

    private interface Sized {
        void apply(MemoryModel model, Where where, int size);
    }

    private static Action<MemoryModel> sized(String name, Arbitrary<Integer> sizes, Sized action) {
        return action(
                Combinators.combine(places(), sizes)
                        .as(
                                (where, size) ->
                                        Transformer.mutate(
                                                name + "(" + size + ") " + where,
                                                model -> action.apply(model, where, size))));
    }

    private interface Picked {
        void apply(MemoryModel model, int cpu, int pick);
    }

    private static Action<MemoryModel> picked(String name, Picked action) {
        return action(
                Combinators.combine(cpus(), picks())
                        .as(
                                (cpu, pick) ->
                                        Transformer.mutate(
                                                name + "(" + pick + ") on " + cpu,
                                                model -> action.apply(model, cpu, pick))));
    }

    private static Action<MemoryModel> resize() {
        return action(
                Combinators.combine(places(), picks(), sizes())
                        .as(
                                (where, pick, size) ->
                                        Transformer.mutate(
                                                "resize(" + pick + ", " + size + ") " + where,
                                                model -> model.resize(where, pick, size))));
    }

    private static Action<MemoryModel> action(Arbitrary<Transformer<MemoryModel>> transformers) {
        return (Action.Independent<MemoryModel>) () -> transformers;
    }
}
