package org.jkasan.samples.slabtour;

import java.nio.ByteBuffer;
import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.KernelTask;
import org.jkasan.kernel.StackFrame;
import org.jkasan.kernel.StackScope;

/** Mistakes with variables on a kernel task's stack. */
final class StackStops {

    private static final int WORDS = 4;

    private StackStops() {}

    /** A loop that runs once too often over four words. */
    static void pastAVariable(Kernel kernel) {
        try (KernelTask task = kernel.tasks().create("tour");
                StackFrame frame = task.enter("fill_regs")) {
            ByteBuffer regs = frame.buffer("regs", WORDS * Long.BYTES);
            for (int i = 0; i <= WORDS; i++) {
                regs.putLong(i * Long.BYTES, i); // BUG: stack-out-of-bounds
            }
        }
    }

    /** A path without room for the slash in front. */
    static void pastAnAlloca(Kernel kernel) {
        try (KernelTask task = kernel.tasks().create("tour");
                StackFrame frame = task.enter("join_path")) {
            long path = frame.alloca(20);
            kernel.memory().storeByte(path - 1, (byte) '/'); // BUG: alloca-out-of-bounds
        }
    }

    /** The address of a variable is kept longer than its block lasts. */
    static void variableThatIsGone(Kernel kernel) {
        try (KernelTask task = kernel.tasks().create("tour");
                StackFrame frame = task.enter("poll_wait")) {
            long kept;
            try (StackScope scope = frame.scope()) {
                kept = scope.local("entry", 24);
                kernel.memory().storeLong(kept, 1);
            }
            kernel.memory().loadLong(kept); // BUG: stack-use-after-scope
        }
    }
}
