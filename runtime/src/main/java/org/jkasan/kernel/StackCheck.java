package org.jkasan.kernel;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jkasan.mm.KernelMemory;
import org.jkasan.report.FrameInfo;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/** Checks a task's stack against its open frames: their order, their headers and their shadow. */
final class StackCheck {

    private final KernelMemory memory;
    private final KernelTask task;
    private final TaskStack stack;
    private final Consumer<String> violations;

    StackCheck(KernelMemory memory, KernelTask task, Consumer<String> violations) {
        this.memory = memory;
        this.task = task;
        this.stack = task.stack();
        this.violations = violations;
    }

    /** Frames follow each other from the top of the stack down to the stack pointer. */
    void frames() {
        long top = stack.end();
        for (Iterator<StackFrame> i = task.frames().descendingIterator(); i.hasNext(); ) {
            StackFrame frame = i.next();
            expect(isBelow(frame.top(), top), frame, "overlaps");
            expect(isBelow(frame.base(), frame.top()), frame, "is upside down");
            boolean hasHeader = stack.kasan().redzone() != 0 && !frame.locals().isEmpty();
            expect(
                    !hasHeader || memory.loadLong(frame.base()) == FrameInfo.MAGIC,
                    frame,
                    "has lost its header");
            top = frame.base();
        }
        if (!isBelow(stack.pointer(), top) || !isBelow(stack.start(), stack.pointer())) {
            violations.accept("the stack pointer of " + task.comm() + " is not below its frames");
        }
    }

    /** Each byte of the shadow is what the frames make it. */
    void shadow(Shadow shadow) {
        byte[] expected = expected();
        for (int granule = 0; granule < expected.length; granule++) {
            long offset = granule * Shadow.GRANULE_SIZE;
            byte actual = shadow.load(stack.hostStart() + offset);
            if (actual != expected[granule]) {
                violations.accept(
                        String.format(
                                "shadow of %016x in the stack of %s is %d instead of %d",
                                stack.start() + offset, task.comm(), actual, expected[granule]));
            }
        }
    }

    private byte[] expected() {
        byte[] bytes = new byte[(int) ((stack.end() - stack.start()) / Shadow.GRANULE_SIZE)];
        for (StackFrame frame : task.frames()) {
            long redzone = stack.kasan().redzone();
            long behind = frame.locals().isEmpty() ? frame.base() : rightRedzone(frame);
            fill(bytes, frame.base(), behind, ShadowByte.STACK_MID);
            if (!frame.locals().isEmpty()) {
                fill(bytes, frame.base(), frame.base() + redzone, ShadowByte.STACK_LEFT);
                fill(bytes, behind, behind + redzone, ShadowByte.STACK_RIGHT);
            }
            for (StackObject local : frame.locals()) {
                fill(bytes, local.addr, end(local), ShadowByte.STACK_PARTIAL);
                object(bytes, local);
            }
            for (StackObject object : frame.allocas()) {
                fill(bytes, object.addr - redzone, object.addr, ShadowByte.ALLOCA_LEFT);
                fill(bytes, object.addr, end(object) + redzone, ShadowByte.ALLOCA_RIGHT);
                object(bytes, object);
            }
        }
        return bytes;
    }

    private long rightRedzone(StackFrame frame) {
        return end(frame.locals().get(0));
    }

    private long end(StackObject object) {
        return object.addr + stack.kasan().slot(object.size);
    }

    private void object(byte[] bytes, StackObject object) {
        long whole = object.size & -Shadow.GRANULE_SIZE;
        long granules = StackShadow.granules(object.size);
        if (!object.live) {
            fill(bytes, object.addr, object.addr + granules, ShadowByte.VMALLOC_INVALID);
            return;
        }
        fill(bytes, object.addr, object.addr + whole, ShadowByte.ACCESSIBLE);
        byte rest = (byte) (object.size - whole);
        fill(bytes, object.addr + whole, object.addr + granules, rest);
    }

    private void fill(byte[] bytes, long from, long to, byte value) {
        Arrays.fill(bytes, granule(from), granule(to), value);
    }

    private int granule(long addr) {
        return (int) ((addr - stack.start()) / Shadow.GRANULE_SIZE);
    }

    private static boolean isBelow(long addr, long bound) {
        return Long.compareUnsigned(addr, bound) <= 0;
    }

    private void expect(boolean holds, StackFrame frame, String otherwise) {
        if (!holds) {
            violations.accept(
                    "the frame of " + frame.function() + " in " + task.comm() + " " + otherwise);
        }
    }
}
