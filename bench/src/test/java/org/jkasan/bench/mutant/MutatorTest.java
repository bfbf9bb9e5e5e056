package org.jkasan.bench.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkasan.bench.mutant.work.Workload;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.Printk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MutatorTest {

    private final Kernel kernel =
            Kernel.boot(
                    Kconfig.defaults().withMem(16 << 20).withVmallocSize(64 << 20),
                    new Printk(line -> {}));

    @AfterEach
    void closeKernel() {
        kernel.close();
    }

    @Test
    void mutants_areManyAndOfEveryKind() {
        List<Suite.Mutant> mutants = Suite.mutants(1);
        Set<Operator> operators =
                mutants.stream()
                        .map(mutant -> mutant.mutation().operator())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Operator.class)));

        assertThat(mutants).hasSizeGreaterThan(300).doesNotHaveDuplicates();
        assertThat(operators).containsExactlyInAnyOrder(Operator.values());
    }

    @Test
    void unmutatedProgram_doesNothingBad() throws Exception {
        run(null);

        assertThat(Oracle.where()).isNull();
        assertThat(Oracle.isLeft()).isFalse();
    }

    @Test
    void oracle_namesTheLineOfTheBug() throws Exception {
        Mutation doubleFree = mutation(Operator.DOUBLE_FREE);

        run(doubleFree);

        assertThat(Oracle.where())
                .isEqualTo("org.jkasan.bench.mutant.work.Arena:" + doubleFree.line());
    }

    @Test
    void oracle_knowsWhatIsLeft() throws Exception {
        run(mutation(Operator.DROPPED_FREE));

        assertThat(Oracle.where()).isNull();
        assertThat(Oracle.isLeft()).isTrue();
    }

    private static Suite.Program arena() {
        return Suite.all().stream()
                .filter(program -> program.workload().endsWith("/Arena"))
                .findFirst()
                .orElseThrow();
    }

    private static Mutation mutation(Operator operator) {
        return new Mutator(Suite.bytes(arena().workload()))
                .mutations().stream()
                        .filter(mutation -> mutation.operator() == operator)
                        .findFirst()
                        .orElseThrow();
    }

    private void run(Mutation mutation) throws ReflectiveOperationException {
        Oracle.reset();
        Fuel.fill();
        ClassLoader loader = new MutantLoader(mutation, true, new HashMap<>());
        Class<?> program = loader.loadClass(arena().workload().replace('/', '.'));
        ((Workload) program.getDeclaredConstructor().newInstance()).run(kernel);
    }
}
