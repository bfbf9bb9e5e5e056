package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jkasan.mm.Architecture;
import org.jkasan.mm.KernelOops;
import org.jkasan.report.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TasksTest {

    private final TestKernel machine = TestKernel.withKasan(TestKernel.small().withCpus(2));
    private final Tasks tasks = machine.tasks();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void stack_isAlignedZeroedAndGuarded() {
        machine.kernel.vmalloc().vmalloc(1);
        KernelTask task = tasks.create("a");
        assertThat(task.stackStart() % TestKernel.THREAD_SIZE).isZero();
        assertThat(task.stackEnd() - task.stackStart()).isEqualTo(TestKernel.THREAD_SIZE);
        for (long addr = task.stackStart(); addr != task.stackEnd(); addr += 8) {
            assertThat(machine.memory().loadLong(addr)).isZero();
        }
        assertThatThrownBy(() -> machine.memory().loadByte(task.stackEnd()))
                .isInstanceOf(KernelOops.class)
                .hasMessageContaining("unable to handle page fault");
        assertThat(tasks.create("b").stackStart() - task.stackStart()).isEqualTo(64 << 10);
    }

    @Test
    void comm_isCutAndPidsAreUnique() {
        KernelTask one = tasks.create("a_very_long_name_of_a_task");
        KernelTask two = tasks.create("short");
        assertThat(one.comm()).isEqualTo("a_very_long_nam");
        assertThat(two.comm()).isEqualTo("short");
        assertThat(two.pid()).isNotEqualTo(one.pid());
    }

    @Test
    void enter_makesTheThreadTheTask() {
        KernelTask outer = tasks.create("outer");
        KernelTask inner = tasks.create("inner");
        assertThat(tasks.current()).isNull();
        try (StackFrame a = outer.enter("a")) {
            assertThat(tasks.current()).isSameAs(outer);
            assertThat(Task.current()).isEqualTo(new Task("outer", outer.pid()));
            try (StackFrame b = inner.enter("b")) {
                assertThat(tasks.current()).isSameAs(inner);
                assertThatIllegalStateException()
                        .isThrownBy(a::close)
                        .withMessageContaining("close the ones opened after it first");
                assertThatIllegalStateException()
                        .isThrownBy(outer::close)
                        .withMessageContaining("while its thread runs another");
                b.alloca(1);
            }
            assertThat(tasks.current()).isSameAs(outer);
        }
        assertThat(tasks.current()).isNull();
    }

    @Test
    void secondThread_cannotRunATask() {
        KernelTask task = tasks.create("busy");
        try (StackFrame frame = task.enter("f")) {
            Throwable refused =
                    CompletableFuture.supplyAsync(
                                    () -> {
                                        task.enter("g");
                                        return null;
                                    })
                            .handle((nothing, failure) -> failure.getCause())
                            .join();
            assertThat(refused)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one thread at a time can run a task");
            assertThat(
                            CompletableFuture.supplyAsync(() -> frame.alloca(8))
                                    .handle((nothing, failure) -> failure.getCause())
                                    .join())
                    .hasMessageContaining("only the thread that entered a task");
        }
        CompletableFuture.runAsync(() -> task.enter("h").close()).join();
    }

    @Test
    void deadTask_cannotBeEntered() {
        KernelTask task = tasks.create("dead");
        task.close();
        task.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> task.enter("f"))
                .withMessageContaining("has ended and cannot enter f");
    }

    @Test
    void cachedStack_keepsItsRedzonesUntilItIsUsedAgain() {
        KernelTask first = tasks.create("first");
        long local;
        try (StackFrame frame = first.enter("f")) {
            local = frame.local("x", 9);
            machine.memory().storeLong(local, -1);
            first.close();
            assertThat(tasks.current()).isNull();
            assertThat(machine.shadow(local - 32, 12))
                    .isEqualTo("f1 f1 f1 f1 00 01 f4 f4 f3 f3 f3 f3");
            KernelInvariants.check(machine.kernel);
        }
        KernelTask second = tasks.create("second");
        assertThat(second.stackStart()).isEqualTo(first.stackStart());
        for (long addr = second.stackStart(); addr != second.stackEnd(); addr += 8) {
            assertThat(machine.shadow(addr)).isZero();
            assertThat(machine.memory().loadLong(addr)).isZero();
        }
        assertThat(machine.log).isEmpty();
    }

    @Test
    void cache_takesTwoStacksPerCpu() {
        KernelTask[] three = {tasks.create("a"), tasks.create("b"), tasks.create("c")};
        for (KernelTask task : three) {
            task.close();
        }
        assertThat(machine.isValid(three[0].stackStart())).isTrue();
        assertThat(machine.isValid(three[1].stackStart())).isTrue();
        assertThat(machine.shadow(three[2].stackStart())).isEqualTo((byte) 0xf8);
        assertThat(LongStream.of(tasks.create("d").stackStart(), tasks.create("e").stackStart()))
                .containsExactly(three[0].stackStart(), three[1].stackStart());
    }

    @Test
    void unplug_freesTheCpusStacks() {
        KernelTask task = tasks.create("a");
        task.close();
        int cpu = machine.kernel.mm().cpus().current();
        tasks.unplug(1 - cpu);
        assertThat(machine.isValid(task.stackStart())).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tasks.unplug(1 - cpu))
                .withMessageContaining("is not online");
        assertThatIllegalArgumentException().isThrownBy(() -> tasks.unplug(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tasks.unplug(cpu))
                .withMessageContaining("last one online");
    }

    @Test
    void unplug_ofTheOwnCpu_sendsTheThreadToAnother() {
        KernelTask task = tasks.create("a");
        task.close();
        tasks.unplug(machine.kernel.mm().cpus().current());
        assertThat(machine.shadow(task.stackStart())).isEqualTo((byte) 0xf8);
        KernelTask next = tasks.create("b");
        next.close();
        assertThat(machine.isValid(next.stackStart())).isTrue();
    }

    @Test
    void exhaustedSpace_isNoTask() {
        while (tasks.create("filler") != null) {}
        assertThat(machine.log).isNotEmpty();
        assertThat(tasks.live()).hasSize(16);
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void everyArchitecture_hasStacks(Architecture architecture) {
        Kconfig config = TestKernel.small().withArchitecture(architecture).withVmallocSize(1 << 20);
        try (TestKernel other = TestKernel.withKasan(config)) {
            KernelTask task = other.tasks().create("a");
            assertThat(task.stackStart() % TestKernel.THREAD_SIZE).isZero();
            try (StackFrame frame = task.enter("f")) {
                other.read(frame.local("x", 3) + 3);
            }
            assertThat(other.report()).contains("stack-out-of-bounds").contains(" [32, 35) 'x'\n");
        }
    }

    @Test
    void kasanWithoutKasanVmalloc_hasNoStacks() {
        Kconfig config = TestKernel.small().withKasanVmalloc(KasanVmalloc.OFF);
        try (TestKernel other = TestKernel.withKasan(config)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> other.tasks().create("a"))
                    .withMessageContaining("VMAP_STACK depends on !KASAN || KASAN_VMALLOC");
        }
    }

    @Test
    void closedKernel_leavesThreadsThemselves() {
        KernelTask task;
        StackFrame frame;
        StackScope scope;
        try (TestKernel other = TestKernel.withKasan()) {
            task = other.tasks().create("gone");
            frame = task.enter("f");
            scope = frame.scope();
            scope.local("x", 8);
        }
        assertThatIllegalStateException().isThrownBy(() -> frame.local("y", 8));
        scope.close();
        frame.close();
        task.close();
        assertThat(Task.current().comm()).isEqualTo(Thread.currentThread().getName());
    }
}
