package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.jkasan.mm.KernelOops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scenarios of the kernel's tests that concern stacks, with what they report. */
class StackReportTest {

    private final TestKernel machine = TestKernel.withKasan();
    private final KernelTask task = machine.tasks().create("kworker/0:1");

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void kasan_stack_oob() {
        try (StackFrame frame = task.enter("kasan_stack_oob")) {
            long array = frame.local("stack_array", 10);
            machine.read(array + 10);
        }
        assertThat(machine.report())
                .contains("BUG: KASAN: stack-out-of-bounds in ")
                .contains("Read of size 1 at addr ")
                .contains(" by task kworker/0:1/1\n")
                .contains(
                        """

                        The buggy address belongs to stack of task kworker/0:1/1
                         and is located at offset 42 in frame:
                         kasan_stack_oob

                        This frame has 1 object:
                         [32, 42) 'stack_array'

                        The buggy address belongs to a 8-page vmalloc region starting at 0x""")
                .contains("f1 f1 f1 f1 00 02 f4 f4 f3 f3 f3 f3 00 00 00 00\n");
    }

    @Test
    void kasan_alloca_oob_left() {
        try (StackFrame frame = task.enter("kasan_alloca_oob_left")) {
            frame.local("size", 4);
            machine.read(frame.alloca(10) - 1);
        }
        assertThat(machine.report())
                .contains("BUG: KASAN: alloca-out-of-bounds in ")
                .contains("and is located at offset -65 in frame:\n kasan_alloca_oob_left\n")
                .contains("This frame has 1 object:\n [-64, -54) 'alloca'\n");
    }

    @Test
    void kasan_alloca_oob_right() {
        try (StackFrame frame = task.enter("kasan_alloca_oob_right")) {
            machine.read(frame.alloca(10) + 10);
        }
        assertThat(machine.report()).contains("BUG: KASAN: alloca-out-of-bounds in ");
    }

    @Test
    void useAfterScope_namesTheVariable() {
        try (StackFrame frame = task.enter("f")) {
            long addr;
            try (StackScope scope = frame.scope()) {
                addr = scope.local("tmp", 8);
            }
            machine.write(addr + 4);
        }
        assertThat(machine.report())
                .contains("BUG: KASAN: stack-use-after-scope in ")
                .contains(
                        "at offset 36 in frame:\n f\n\nThis frame has 1 object:\n [32, 40) 'tmp'");
    }

    @Test
    void addressOfACaller_isFoundInItsFrame() {
        try (StackFrame caller = task.enter("caller")) {
            long a = caller.local("a", 8);
            long b = caller.local("b", 8);
            try (StackFrame callee = task.enter("callee")) {
                callee.local("c", 8);
                machine.write(b + 8);
            }
            assertThat(machine.report())
                    .contains("in frame:\n caller\n\nThis frame has 2 objects:\n")
                    .contains(" [32, 40) 'b'\n [96, 104) 'a'\n");
            assertThat(a - b).isEqualTo(64);
        }
    }

    @Test
    void overwrittenHeader_isAnInvalidMarker() {
        try (StackFrame frame = task.enter("f")) {
            long x = frame.local("x", 8);
            long marker = machine.memory().loadLong(x - 32);
            machine.memory().storeLong(x - 32, 42);
            machine.read(x + 8);
            machine.memory().storeLong(x - 32, marker);
        }
        assertThat(machine.report())
                .contains("internal error: frame has invalid marker: 0x000000000000002a\n");
    }

    @Test
    void stackOfAnotherTask_isNotLookedInto() {
        try (StackFrame frame = task.enter("f")) {
            long x = frame.local("x", 8);
            CompletableFuture.runAsync(() -> machine.read(x + 8)).join();
        }
        assertThat(machine.report())
                .contains("BUG: KASAN: stack-out-of-bounds in ")
                .doesNotContain("belongs to stack of task")
                .contains("8-page vmalloc region");
    }

    @Test
    void overrunOfTheStack_leavesItsArea() {
        try (StackFrame frame = task.enter("f")) {
            assertThat(frame.alloca(8)).isNotZero();
            assertThatThrownBy(() -> machine.read(task.stackEnd()))
                    .isInstanceOf(KernelOops.class)
                    .hasMessageContaining("unable to handle page fault for address");
        }
        assertThat(machine.report())
                .contains("BUG: KASAN: vmalloc-out-of-bounds in ")
                .doesNotContain("belongs to stack of task");
    }

    @Test
    void accessBelowTheStack_hitsTheGuardPageOfTheCurrentTaskOnly() {
        long guard = machine.tasks().create("upper").stackStart() - 8;
        assertThatThrownBy(() -> machine.memory().loadLong(guard))
                .isInstanceOf(KernelOops.class)
                .hasMessageStartingWith("BUG: unable to handle page fault for address: ");
        KernelTask upper = machine.tasks().create("current");
        try (StackFrame frame = upper.enter("f")) {
            assertThat(frame.alloca(8)).isNotZero();
            long below = upper.stackStart();
            assertThatThrownBy(() -> machine.memory().storeLong(below - 8, 1))
                    .hasMessageStartingWith("BUG: TASK stack guard page was hit at ");
            assertThatThrownBy(() -> machine.memory().loadByte(below - 4096))
                    .hasMessageStartingWith("BUG: TASK stack guard page was hit at ");
            assertThatThrownBy(() -> machine.memory().loadByte(below - 4097))
                    .hasMessageStartingWith("BUG: unable to handle page fault for address: ");
        }
    }

    @Test
    void warningsAndTracks_nameTheTask() {
        try (StackFrame frame = task.enter("f")) {
            assertThat(frame.alloca(8)).isNotZero();
            machine.kernel.vmalloc().vfree(1);
            long addr = machine.kernel.vmalloc().vmalloc(8);
            assertThatThrownBy(() -> machine.read(addr + 4096)).isInstanceOf(KernelOops.class);
        }
        assertThat(machine.log).anyMatch("WARNING: PID: 1 Comm: kworker/0:1"::equals);
        assertThat(machine.report()).contains("\nAllocated by task 1:\n");
    }
}
