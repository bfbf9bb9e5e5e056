package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeferredFreesTest {

    private final TestMachine machine = TestMachine.withKasan(1 << 20);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final KernelMemory memory = machine.memory();
    private final Queue<Runnable> work = new ArrayDeque<>();

    @BeforeEach
    void deferWork() {
        machine.mm.deferWorkTo(work::add);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private void inInterrupt(Runnable handler) {
        machine.mm.interrupts().run(handler);
    }

    private boolean isOpen(long addr) {
        return machine.shadow().isAccessible(machine.host(addr), 1);
    }

    private void doWork() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    @Test
    void vfreeInAnInterrupt_leavesEverythingUntilTheWorkerLooks() {
        long addr = vmalloc.vmalloc(100);
        memory.storeByte(addr + 99, (byte) 7);
        inInterrupt(() -> vmalloc.vfree(addr));
        assertThat(isOpen(addr)).isTrue();
        assertThat(isOpen(addr + 99)).isTrue();
        assertThat(memory.loadByte(addr + 99)).isEqualTo((byte) 7);
        Invariants.check(machine.mm);
        doWork();
        assertThat(machine.shadow(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThatThrownBy(() -> memory.loadByte(addr)).isInstanceOf(KernelOops.class);
        assertThat(machine.log).isEmpty();
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void areasThatWait_areLinkedByTheirFirstEightBytes() {
        long first = vmalloc.vmalloc(1);
        long second = vmalloc.vmalloc(PAGE);
        long third = vmalloc.vmalloc(3 * PAGE);
        vmalloc.vfreeAtomic(first);
        vmalloc.vfreeAtomic(second);
        vmalloc.vfreeAtomic(third);
        assertThat(memory.loadLong(third)).isEqualTo(second);
        assertThat(memory.loadLong(second)).isEqualTo(first);
        assertThat(memory.loadLong(first)).isZero();
        assertThat(work).hasSize(1);
        doWork();
        vmalloc.purge();
        assertThat(vmalloc.vmalloc((1 << 20) - PAGE)).isEqualTo(START);
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void listThatWasTaken_callsTheWorkerAgain() {
        long first = vmalloc.vmalloc(1);
        long second = vmalloc.vmalloc(1);
        vmalloc.vfreeAtomic(first);
        doWork();
        vmalloc.vfreeAtomic(second);
        assertThat(work).hasSize(1);
        doWork();
        assertThat(isOpen(second)).isFalse();
    }

    @Test
    void areaFreedAgainWhileItWaits_isReportedAtOnceAndFreedOnce() {
        long other = vmalloc.vmalloc(1);
        long addr = vmalloc.vmalloc(1);
        vmalloc.vfreeAtomic(other);
        vmalloc.vfreeAtomic(addr);
        inInterrupt(() -> vmalloc.vfree(addr));
        vmalloc.vfree(addr);
        assertThat(machine.reports()).hasSize(2);
        assertThat(machine.reports())
                .allMatch(text -> text.contains("double-free") && text.contains("Freed by task"));
        assertThat(machine.log)
                .hasSize(2)
                .allMatch("WARN Trying to vfree() nonexistent vm area (ffffc90000002000)"::equals);
        Invariants.check(machine.mm);
        doWork();
        assertThat(isOpen(addr)).isFalse();
        assertThat(isOpen(other)).isFalse();
    }

    @Test
    void whatCannotBeFreed_isAnsweredAtOnce() {
        long addr = vmalloc.vmalloc(1);
        inInterrupt(
                () -> {
                    vmalloc.vfree(0);
                    vmalloc.vfree(START - PAGE);
                    vmalloc.vfree(addr + 8);
                });
        vmalloc.vfreeAtomic(0);
        assertThat(machine.log)
                .containsExactly(
                        "WARN Trying to vfree() nonexistent vm area (ffffc8fffffff000)",
                        "WARN Trying to vfree() bad address (ffffc90000000008)");
        assertThat(work).isEmpty();
    }

    @Test
    void arraysAndBuffers_waitAsWell() {
        int[] array = vmalloc.vmallocInts(3);
        ByteBuffer buffer = vmalloc.vmallocBuffer(3);
        long[] addr = {vmalloc.addressOf(array), vmalloc.addressOf(buffer)};
        inInterrupt(
                () -> {
                    vmalloc.vfree(array);
                    vmalloc.vfree(buffer);
                });
        array[0] = 5;
        assertThat(buffer.getLong(0)).isEqualTo(addr[0]);
        assertThat(isOpen(addr[0])).isTrue();
        Invariants.check(machine.mm);
        doWork();
        assertThat(array[0]).isEqualTo(5);
        assertThat(isOpen(addr[0])).isFalse();
        assertThat(isOpen(addr[1])).isFalse();
        assertThat(machine.log).isEmpty();
    }

    @Test
    void nodeThatSomebodyWroteTo_isToldAndNothingIsLost() {
        long first = vmalloc.vmalloc(1);
        long second = vmalloc.vmalloc(1);
        vmalloc.vfreeAtomic(first);
        vmalloc.vfreeAtomic(second);
        memory.storeLong(second, second);
        assertThatThrownBy(() -> Invariants.check(machine.mm))
                .hasMessageContaining("without a node");
        doWork();
        assertThat(machine.log)
                .containsExactly(
                        "WARN vfree: ffffc90000002000 was written to between vfree_atomic() and the"
                                + " free itself");
        assertThat(isOpen(first)).isFalse();
        assertThat(isOpen(second)).isFalse();
    }

    /** What the kernel's shadow call stacks did until 5.16. */
    @Test
    void objectThatWasPoisonedBefore_isReportedAndFreed() {
        long addr = vmalloc.vmallocNodeRange(vmalloc.request(64).exposedToHost());
        machine.shadow().poison(machine.host(addr), 64, ShadowByte.VMALLOC_INVALID);
        vmalloc.vfreeAtomic(addr);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.reports().get(0))
                .contains("Write of size 8 at addr ffffc90000000000 by task");
        doWork();
        assertThat(machine.log).isEmpty();
    }

    @Test
    void objectSmallerThanANode_isNotReported() {
        vmalloc.vfreeAtomic(vmalloc.vmalloc(3));
        doWork();
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void vreallocOfAnAreaThatWaits_isRefused() {
        long addr = vmalloc.vmalloc(3);
        vmalloc.vfreeAtomic(addr);
        assertThat(vmalloc.vrealloc(addr, 4)).isZero();
        doWork();
        assertThat(machine.log)
                .containsExactly(
                        "WARN Trying to vrealloc() nonexistent vm area (ffffc90000000000)");
    }

    @Test
    void allocationInAnInterrupt_isABug() {
        inInterrupt(
                () -> {
                    assertThat(vmalloc.vmalloc(1)).isZero();
                    assertThat(vmalloc.vmallocBytes(1)).isNull();
                    inInterrupt(() -> assertThat(vmalloc.vzalloc(1)).isZero());
                    assertThat(vmalloc.vrealloc(0, 1)).isZero();
                });
        assertThat(machine.log)
                .hasSize(4)
                .allMatch("WARN kernel BUG at mm/vmalloc.c: vmalloc in an interrupt"::equals);
        assertThat(vmalloc.vmalloc(1)).isEqualTo(START);
    }

    @Test
    void interrupt_endsWithItsHandlerEvenIfThatThrows() {
        Interrupts interrupts = machine.mm.interrupts();
        assertThat(interrupts.inInterrupt()).isFalse();
        assertThatThrownBy(
                        () ->
                                interrupts.run(
                                        () -> {
                                            interrupts.run(() -> {});
                                            assertThat(interrupts.inInterrupt()).isTrue();
                                            throw new IllegalStateException("handler");
                                        }))
                .hasMessage("handler");
        assertThat(interrupts.inInterrupt()).isFalse();
    }

    @Test
    void withoutAWorker_freesAtOnce() {
        try (TestMachine plain = TestMachine.withoutKasan(1 << 20)) {
            long addr = plain.vmalloc().vmalloc(1);
            plain.mm.interrupts().run(() -> plain.vmalloc().vfree(addr));
            assertThatThrownBy(() -> plain.memory().loadByte(addr)).isInstanceOf(KernelOops.class);
        }
    }
}
