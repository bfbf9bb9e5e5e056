package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class CpusTest {

    /** The CPU of a thread that has not asked before. */
    private static int ofNewThread(Cpus cpus) throws Exception {
        FutureTask<Integer> task = new FutureTask<>(cpus::current);
        new Thread(task, "asks").start();
        return task.get();
    }

    @Test
    void current_threadStaysOnItsCpu() throws Exception {
        Cpus cpus = new Cpus(3);
        int cpu = cpus.current();
        ofNewThread(cpus);
        assertThat(cpus.current()).isEqualTo(cpu);
        assertThat(new Cpus(3).current()).isEqualTo(cpu);
    }

    @Test
    void current_threadsAreSpreadOverAllCpus() throws Exception {
        Cpus cpus = new Cpus(3);
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            asked.add(ofNewThread(cpus));
        }
        assertThat(asked).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void bind_leavesTheThreadWhereItIsPut() throws Exception {
        Cpus cpus = new Cpus(3);
        FutureTask<List<Integer>> task =
                new FutureTask<>(
                        () -> {
                            List<Integer> seen = new ArrayList<>();
                            for (int cpu = 2; cpu >= 0; cpu--) {
                                cpus.bind(cpu);
                                seen.add(cpus.current());
                            }
                            cpus.bind(2);
                            seen.add(new Cpus(2).current());
                            return seen;
                        });
        new Thread(task, "bound").start();
        assertThat(task.get()).containsExactly(2, 1, 0, 0);
    }

    @Test
    void bind_refusesWhatIsNotOnline() {
        Cpus cpus = new Cpus(2);
        cpus.unplug(1);
        for (int cpu : new int[] {-1, 1, 2}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cpus.bind(cpu))
                    .withMessageContaining("CPU " + cpu + " is not online");
        }
    }

    @Test
    void unplug_sendsItsThreadsToTheNextOneOnline() throws Exception {
        Cpus cpus = new Cpus(3);
        cpus.unplug(1);
        Map<Integer, Integer> threads = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            threads.merge(ofNewThread(cpus), 1, Integer::sum);
        }
        assertThat(threads).containsOnly(Map.entry(0, 2), Map.entry(2, 4));
        cpus.unplug(2);
        assertThat(cpus.current()).isZero();
    }

    @Test
    void unplug_refusesWhatIsNotOnlineAndTheLast() {
        Cpus cpus = new Cpus(2);
        cpus.unplug(0);
        assertThat(cpus.isOnline(0)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cpus.unplug(0))
                .withMessage("CPU 0 is not online; this kernel booted with 2 CPUs.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cpus.unplug(2))
                .withMessage("CPU 2 is not online; this kernel booted with 2 CPUs.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cpus.unplug(1))
                .withMessage("CPU 1 is the last one online and has to stay.");
        assertThat(cpus.isOnline(1)).isTrue();
    }
}
