package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jkasan.mm.KernelOops;
import org.jkasan.report.FrameInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StackFrameTest {

    private final TestKernel machine = TestKernel.withKasan();
    private final KernelTask task = machine.tasks().create("test");

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void locals_haveTheCompilersRedzones() {
        try (StackFrame frame = task.enter("f")) {
            long whole = frame.local("whole", 32);
            long partial = frame.local("partial", 12);
            assertThat(whole - partial).isEqualTo(64);
            assertThat(partial % 32).isZero();
            assertThat(machine.shadow(partial - 40, 26))
                    .isEqualTo(
                            "00 f1 f1 f1 f1 00 04 f4 f4 f2 f2 f2 f2 00 00 00 00 f3 f3 f3 f3"
                                    + " 00 00 00 00 f8");
        }
        assertThat(machine.shadow(task.stackEnd() - 512, 64)).isEqualTo("00 ".repeat(64).trim());
    }

    @Test
    void header_standsAtTheFrameBase() {
        try (StackFrame frame = task.enter("f")) {
            long first = frame.local("first", 8);
            assertThat(machine.memory().loadLong(first - 32)).isEqualTo(FrameInfo.MAGIC);
            long second = frame.local("second", 8);
            assertThat(machine.memory().loadLong(second - 32)).isEqualTo(0x41b58ab3L);
        }
    }

    @Test
    void everySize_isAccessibleToTheByte() {
        try (StackFrame frame = task.enter("f")) {
            for (int size = 1; size <= 70; size++) {
                long addr = frame.local("v" + size, size);
                for (int i = -32; i < size + 32; i++) {
                    boolean inside = i >= 0 && i < size;
                    assertThat(machine.isValid(addr + i)).isEqualTo(inside);
                }
            }
        }
    }

    @Test
    void buffer_coversTheStackAbove() {
        try (StackFrame frame = task.enter("f")) {
            ByteBuffer buffer = frame.buffer("buf", 24);
            assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(0, 42);
            long addr = task.stackEnd() - buffer.capacity();
            assertThat(machine.memory().loadLong(addr)).isEqualTo(42);
            assertThat(machine.isValid(addr + 23)).isTrue();
            assertThat(machine.isValid(addr + 24)).isFalse();
        }
    }

    @Test
    void alloca_hasRedzonesOfItsOwn() {
        try (StackFrame frame = task.enter("f")) {
            long local = frame.local("n", 8);
            long addr = frame.alloca(10);
            assertThat(addr % 32).isZero();
            assertThat(machine.shadow(addr - 40, 18))
                    .isEqualTo("00 ca ca ca ca 00 02 cb cb cb cb cb cb f1 f1 f1 f1 00");
            long second = frame.alloca(64);
            assertThat(machine.shadow(second - 32, 17))
                    .isEqualTo("ca ca ca ca 00 00 00 00 00 00 00 00 cb cb cb cb ca");
            long none = frame.alloca(0);
            assertThat(machine.shadow(none - 32, 9)).isEqualTo("ca ca ca ca cb cb cb cb ca");
            assertThat(machine.isValid(local)).isTrue();
        }
        assertThat(machine.shadow(task.stackEnd() - 512, 64)).isEqualTo("00 ".repeat(64).trim());
    }

    @Test
    void scope_closesItsVariablesAndReusesTheirSlots() {
        try (StackFrame frame = task.enter("loop")) {
            long before = 0;
            for (int i = 0; i < 3; i++) {
                long addr;
                try (StackScope scope = frame.scope()) {
                    addr = scope.local("tmp", 12);
                    assertThat(machine.shadow(addr, 4)).isEqualTo("00 04 f4 f4");
                    assertThat(scope.buffer("buf", 4).capacity())
                            .isEqualTo((int) (task.stackEnd() - addr + 64));
                }
                assertThat(machine.shadow(addr, 4)).isEqualTo("f8 f8 f4 f4");
                assertThat(before == 0 || before == addr).isTrue();
                before = addr;
                KernelInvariants.check(machine.kernel);
            }
        }
    }

    @Test
    void scopes_thatAreNestedShadowNames() {
        try (StackFrame frame = task.enter("f");
                StackScope outer = frame.scope()) {
            long one = outer.local("x", 8);
            StackScope inner = frame.scope();
            long two = inner.local("x", 8);
            assertThat(two).isNotEqualTo(one);
            inner.close();
            inner.close();
            assertThat(machine.isValid(one)).isTrue();
            assertThat(machine.isValid(two)).isFalse();
            assertThatIllegalStateException().isThrownBy(() -> inner.local("y", 8));
        }
    }

    @Test
    void frames_growDownAndAreGivenBack() {
        try (StackFrame outer = task.enter("outer")) {
            long a = outer.local("a", 8);
            long b;
            try (StackFrame inner = task.enter("inner")) {
                b = inner.local("b", 8);
                assertThat(Long.compareUnsigned(b, a)).isNegative();
                assertThatIllegalStateException()
                        .isThrownBy(() -> outer.local("late", 8))
                        .withMessageContaining("outer is not the innermost");
            }
            try (StackFrame again = task.enter("again")) {
                assertThat(again.local("c", 8)).isEqualTo(b);
            }
        }
    }

    @Test
    void stackOverflow_hitsTheGuardPage() {
        String stack = String.format("(stack is %016x..%016x)", task.stackStart(), task.stackEnd());
        try (StackFrame frame = task.enter("huge")) {
            assertThatThrownBy(() -> frame.local("huge", TestKernel.THREAD_SIZE))
                    .isInstanceOf(KernelOops.class)
                    .hasMessage(
                            "BUG: TASK stack guard page was hit at %016x %s",
                            task.stackStart() - 8, stack);
            assertThatThrownBy(() -> frame.alloca(Integer.MAX_VALUE))
                    .isInstanceOf(KernelOops.class);
            long rest = frame.alloca(TestKernel.THREAD_SIZE - 96);
            assertThat(rest).isEqualTo(task.stackStart() + 32);
            assertThatThrownBy(() -> task.enter("one too many")).isInstanceOf(KernelOops.class);
        }
    }

    @Test
    void endlessRecursion_hitsTheGuardPage() {
        assertThatThrownBy(() -> recurse(1_000_000))
                .isInstanceOfSatisfying(
                        KernelOops.class, oops -> assertThat(oops.isWrite()).isTrue());
        assertThat(machine.tasks().current()).isNull();
    }

    private void recurse(int depth) {
        try (StackFrame frame = task.enter("recurse")) {
            frame.local("x", 100);
            if (depth > 0) {
                recurse(depth - 1);
            }
        }
    }

    @Test
    void misuse_isRefusedInASentence() {
        StackFrame frame = task.enter("f");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frame.local("none", 0))
                .withMessage("Variable none has 0 bytes; it must have at least 1.");
        assertThatIllegalArgumentException().isThrownBy(() -> frame.alloca(-1));
        frame.alloca(8);
        assertThatIllegalStateException()
                .isThrownBy(() -> frame.local("late", 8))
                .withMessageContaining("comes after an alloca");
        frame.close();
        frame.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> frame.alloca(8))
                .withMessageContaining("only the thread that entered");
        assertThatIllegalStateException().isThrownBy(frame::scope);
    }

    @Test
    void withoutKasan_localsLieSideBySide() {
        try (TestKernel bare = TestKernel.withoutKasan()) {
            KernelTask small = bare.tasks().create("bare");
            assertThat(small.stackEnd() - small.stackStart()).isEqualTo(16 << 10);
            try (StackFrame frame = small.enter("f")) {
                long a = frame.local("a", 16);
                long b = frame.local("b", 10);
                assertThat(a - b).isEqualTo(16);
                assertThat(frame.alloca(1)).isEqualTo(b - 16);
                bare.memory().memset(b, 7, 17);
                assertThat(bare.memory().loadByte(a)).isEqualTo((byte) 7);
            }
        }
    }
}
