package org.jkasan.samples.kasantest;

import java.util.function.Consumer;
import org.jkasan.kernel.KernelTask;
import org.jkasan.kernel.StackFrame;
import org.jkasan.report.BugType;

/** Variables: global ones, and ones on the stack. */
final class VariableCases extends Cases {

    private static final int SIZE = 10;
    private static final String GLOBAL = "global_array";

    VariableCases(Machine machine) {
        super(machine);
    }

    /** Behind another variable, as in any image, so that there is a redzone in front, too. */
    private long globalArray() {
        long known = kernel.globals().address(GLOBAL);
        if (known != 0) {
            return known;
        }
        kernel.globals().variable("global_before", SIZE);
        return kernel.globals().variable(GLOBAL, SIZE);
    }

    void globalOobRight() {
        long array = globalArray();
        test.fails(
                () -> memory.loadByte(array + SIZE + 3),
                new Expected(BugType.GLOBAL_OUT_OF_BOUNDS, READ, 1, array, SIZE + 3));
    }

    void globalOobLeft() {
        long array = globalArray();
        test.fails(
                () -> memory.loadByte(array - 3),
                new Expected(BugType.GLOBAL_OUT_OF_BOUNDS, READ, 1, array, -3));
    }

    private void onStack(Consumer<StackFrame> body) {
        test.needs(kernel.kasanVmalloc(), "CONFIG_VMAP_STACK=y");
        try (KernelTask task = kernel.tasks().create("kunit_try_catch");
                StackFrame frame = task.enter("kasan_test_case")) {
            body.accept(frame);
        }
    }

    void stackOob() {
        onStack(
                frame -> {
                    long array = frame.local("stack_array", SIZE);
                    test.fails(
                            () -> memory.loadByte(array + SIZE),
                            new Expected(BugType.STACK_OUT_OF_BOUNDS, READ, 1, array, SIZE));
                });
    }

    void allocaOobLeft() {
        onStack(frame -> alloca(frame.alloca(SIZE), -1));
    }

    void allocaOobRight() {
        onStack(frame -> alloca(frame.alloca(SIZE), SIZE));
    }

    private void alloca(long array, int offset) {
        test.fails(
                () -> memory.loadByte(array + offset),
                new Expected(BugType.ALLOCA_OUT_OF_BOUNDS, READ, 1, array, offset));
    }
}
