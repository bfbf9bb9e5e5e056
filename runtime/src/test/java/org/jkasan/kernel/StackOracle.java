package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** What is accessible of a stack, from what the frames were asked for and nothing else. */
final class StackOracle {

    private static final int REDZONE = 32;

    /** The saved registers of a frame's function. */
    private static final int LINKAGE = 32;

    private record Variable(long addr, int size, boolean isAlloca) {}

    private static final class Frame {

        final StackFrame frame;
        final long top;
        final List<Variable> open = new ArrayList<>();
        final List<Variable> ended = new ArrayList<>();
        final Deque<Scope> scopes = new ArrayDeque<>();
        long low;

        Frame(StackFrame frame, long top) {
            this.frame = frame;
            this.top = top;
            this.low = top - LINKAGE;
        }
    }

    private record Scope(StackScope scope, List<Variable> variables) {}

    private final TestKernel machine;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private KernelTask task;

    StackOracle(TestKernel machine) {
        this.machine = machine;
        this.task = machine.tasks().create("oracle");
    }

    private long low() {
        return frames.isEmpty() ? task.stackEnd() : frames.peek().low;
    }

    private boolean hasRoom(long bytes) {
        return low() - task.stackStart() >= bytes;
    }

    void enter() {
        if (hasRoom(LINKAGE)) {
            frames.push(new Frame(task.enter("f" + frames.size()), low()));
        }
    }

    void local(String name, int size) {
        Frame frame = frames.peek();
        if (frame != null && hasRoom(size + 4 * REDZONE) && !hasAlloca(frame)) {
            put(frame, new Variable(frame.frame.local(name, size), size, false));
        }
    }

    void alloca(int size) {
        Frame frame = frames.peek();
        if (frame != null && hasRoom(size + 4 * REDZONE)) {
            put(frame, new Variable(frame.frame.alloca(size), size, true));
        }
    }

    private static boolean hasAlloca(Frame frame) {
        return frame.open.stream().anyMatch(Variable::isAlloca);
    }

    void openScope() {
        Frame frame = frames.peek();
        if (frame != null) {
            frame.scopes.push(new Scope(frame.frame.scope(), new ArrayList<>()));
        }
    }

    void scoped(String name, int size) {
        Frame frame = frames.peek();
        if (frame == null || frame.scopes.isEmpty()) {
            return;
        }
        if (hasRoom(size + 4 * REDZONE) && !hasAlloca(frame)) {
            Scope scope = frame.scopes.peek();
            Variable variable = new Variable(scope.scope.local(name, size), size, false);
            put(frame, variable);
            scope.variables.add(variable);
        }
    }

    void closeScope() {
        Frame frame = frames.peek();
        if (frame != null && !frame.scopes.isEmpty()) {
            Scope scope = frame.scopes.pop();
            scope.scope.close();
            frame.open.removeAll(scope.variables);
            frame.ended.addAll(scope.variables);
        }
    }

    void leave() {
        if (!frames.isEmpty()) {
            frames.pop().frame.close();
        }
    }

    /** Ends the task in the middle of everything, and begins another on its stack. */
    void exit() {
        long stack = task.stackStart();
        task.close();
        frames.clear();
        task = machine.tasks().create("next");
        assertThat(task.stackStart()).isEqualTo(stack);
    }

    private void put(Frame frame, Variable added) {
        for (Variable other : frame.open) {
            long gap =
                    Math.max(
                            other.addr - (added.addr + added.size),
                            added.addr - (other.addr + other.size));
            assertThat(gap).as("bytes between objects").isGreaterThanOrEqualTo(REDZONE);
        }
        assertThat(added.addr + added.size + REDZONE).isLessThanOrEqualTo(frame.top - LINKAGE);
        frame.ended.remove(added);
        frame.open.add(added);
        frame.low = Math.min(frame.low, added.addr - REDZONE);
    }

    void check() {
        boolean[] accessible = new boolean[TestKernel.THREAD_SIZE];
        Arrays.fill(accessible, true);
        for (Frame frame : frames) {
            fill(accessible, frame.low, frame.top - LINKAGE, false);
            frame.open.forEach(v -> fill(accessible, v.addr, v.addr + v.size, true));
            frame.open.forEach(v -> checkWalk(frame, v));
        }
        for (int i = 0; i < accessible.length; i++) {
            if (machine.isValid(task.stackStart() + i) != accessible[i]) {
                throw new AssertionError(
                        String.format("%x: accessible=%s", task.stackStart() + i, accessible[i]));
            }
        }
    }

    private void fill(boolean[] accessible, long from, long to, boolean value) {
        Arrays.fill(
                accessible,
                (int) (from - task.stackStart()),
                (int) (to - task.stackStart()),
                value);
    }

    /** The kernel's search: down to a left redzone, and to its first granule. */
    private void checkWalk(Frame frame, Variable variable) {
        if (variable.isAlloca) {
            return;
        }
        long addr = variable.addr;
        while (machine.shadow(addr) != (byte) 0xf1) {
            addr -= 8;
        }
        while (machine.shadow(addr - 8) == (byte) 0xf1) {
            addr -= 8;
        }
        assertThat(addr).isEqualTo(frame.frame.base());
        assertThat(machine.memory().loadLong(addr)).isEqualTo(0x41b58ab3L);
    }

    void leaveAll() {
        while (!frames.isEmpty()) {
            leave();
        }
    }
}
