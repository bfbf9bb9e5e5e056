package org.jkasan.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.report.FrameInfo;
import org.jkasan.report.FrameInfo.FrameObject;
import org.jkasan.report.Task;

/**
 * The frame of a function on the stack of a {@link KernelTask}: local variables as addresses or
 * buffers, laid out and surrounded as a compiler with KASAN_STACK does it. Frames are opened and
 * closed, innermost first, by the thread that runs the task.
 *
 * <p>Local variables hold whatever was there. Those of the function are declared before the first
 * {@link #alloca}, and none while a frame further in is open.
 *
 * <p>A frame that does not fit throws {@link org.jkasan.mm.KernelOops}: the stack guard page was
 * hit.
 */
public final class StackFrame implements AutoCloseable {

    /*
     *   high   top   +-------------------------------+
     *                | return address, registers     |  accessible
     *                +-------------------------------+
     *                | right redzone              F3 |
     *                | a                   0..0 k F4 |
     *                | redzone                    F2 |
     *                | b                   0..0 k F4 |
     *         base   | left redzone, header       F1 |  [magic][number of the frame]
     *                +-------------------------------+
     *                | padding, right redzone     CB |
     *                | alloca                 0..0 k |
     *   low    sp    | left redzone               CA |
     *                +-------------------------------+
     *
     * A compiler knows all locals when a function begins; here each is put below the others when it
     * is declared, and the header moves down with them, so that at every moment the frame is one that
     * a compiler could have made. A variable of a scope has one slot, however often the scope is
     * entered. Where compiled code has pointers to a description and to the function, the header has
     * the frame's number, since Java code has no addresses.
     */

    /** Bytes for the return address and the registers that a function saves. */
    private static final long LINKAGE = 32;

    private final KernelTask task;
    private final String function;
    private final Task before;
    private final long number;
    private final long top;
    private final List<StackObject> locals = new ArrayList<>();
    private final List<StackObject> allocas = new ArrayList<>(0);
    private long base;
    private boolean closed;

    /** Pushes a frame; the thread's task was another before, or null. */
    StackFrame(KernelTask task, String function, Task before, long number) {
        this.task = task;
        this.function = function;
        this.before = before;
        this.number = number;
        this.top = task.stack().pointer();
        this.base = task.stack().push(LINKAGE);
    }

    /**
     * Declares a variable of the function.
     *
     * @param size bytes, at least 1
     * @return its kernel address
     * @throws org.jkasan.mm.KernelOops if the stack has no room for it
     */
    public long local(String name, int size) {
        return declare(name, size).addr;
    }

    /**
     * Declares a variable of the function, as a little-endian buffer. The buffer covers all of the
     * stack above it, for that is what the hardware allows; only KASAN knows where the variable
     * ends.
     *
     * @param size bytes, at least 1
     * @throws org.jkasan.mm.KernelOops if the stack has no room for it
     */
    public ByteBuffer buffer(String name, int size) {
        return task.stack().buffer(local(name, size));
    }

    /** Begins a block of the function; its variables must not be used after its end. */
    public StackScope scope() {
        requireInnermost();
        return new StackScope(this);
    }

    /**
     * Allocates below the frame, until it is closed.
     *
     * @param size bytes
     * @return the kernel address, a multiple of 32 with KASAN and of 16 without
     * @throws org.jkasan.mm.KernelOops if the stack has no room for it
     */
    public long alloca(int size) {
        requireInnermost();
        if (size < 0) {
            throw new IllegalArgumentException("alloca of " + size + " bytes: less than none.");
        }
        TaskStack stack = task.stack();
        long redzone = stack.push(2L * stack.kasan().redzone() + stack.kasan().slot(size));
        stack.kasan().addAlloca(redzone, size);
        StackObject object = new StackObject("alloca", redzone + stack.kasan().redzone(), size);
        allocas.add(object);
        return object.addr;
    }

    /** Ends the frame: all of it is accessible again, as unused stack is. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        task.pop(this);
        closed = true;
    }

    /**
     * The slot of a scope's variable, opened; a slot of that name and size that is free, if any.
     */
    StackObject enterScope(String name, int size) {
        requireInnermost();
        for (StackObject object : locals) {
            if (!object.live && object.size == size && object.name.equals(name)) {
                object.live = true;
                task.stack().kasan().beginScope(object.addr, size);
                return object;
            }
        }
        return declare(name, size);
    }

    /** Closes variables whose scope has ended, unless the whole frame has. */
    void leaveScope(List<StackObject> objects) {
        if (closed || task.isDead()) {
            return;
        }
        requireInnermost();
        for (StackObject object : objects) {
            object.live = false;
            task.stack().kasan().endScope(object.addr, object.size);
        }
    }

    private StackObject declare(String name, int size) {
        requireInnermost();
        if (size < 1) {
            throw new IllegalArgumentException(
                    "Variable " + name + " has " + size + " bytes; it must have at least 1.");
        }
        if (!allocas.isEmpty()) {
            throw new IllegalStateException(
                    "Variable "
                            + name
                            + " of "
                            + function
                            + " comes after an alloca; declare the"
                            + " variables of a function first.");
        }
        TaskStack stack = task.stack();
        boolean first = locals.isEmpty();
        long redzone = stack.kasan().redzone();
        base = stack.push(redzone + stack.kasan().slot(size) + (first ? redzone : 0));
        stack.kasan().addLocal(base, size, first);
        if (redzone != 0) {
            stack.storeLong(base, FrameInfo.MAGIC);
            stack.storeLong(base + Long.BYTES, number);
        }
        StackObject object = new StackObject(name, base + redzone, size);
        locals.add(object);
        return object;
    }

    private void requireInnermost() {
        task.requireOpen();
        task.requireRunning();
        if (closed || task.isDead() || task.innermost() != this) {
            throw new IllegalStateException(
                    "The frame of "
                            + function
                            + (closed || task.isDead() ? " is closed" : " is not the innermost")
                            + "; only the innermost open frame of a task can be used so.");
        }
    }

    /** Marks the frame as closed, since its task has ended. */
    void abandon() {
        closed = true;
    }

    String function() {
        return function;
    }

    TaskStack stack() {
        return task.stack();
    }

    Task before() {
        return before;
    }

    /** The first address above the frame. */
    long top() {
        return top;
    }

    /** Where the header is, once there is a variable. */
    long base() {
        return base;
    }

    /** The variables of the function and its scopes, the lowest address last. */
    List<StackObject> locals() {
        return locals;
    }

    /** What alloca made, the lowest address last. */
    List<StackObject> allocas() {
        return allocas;
    }

    /** What a report says of the frame for an address in it: of an alloca, or of the variables. */
    FrameInfo describe(long addr) {
        boolean isAlloca = Long.compareUnsigned(addr, base) < 0;
        List<FrameObject> objects = new ArrayList<>();
        for (StackObject object : isAlloca ? allocas : locals) {
            long offset = object.addr - base;
            objects.add(0, new FrameObject(object.name, offset, offset + object.size));
        }
        boolean hasHeader = !locals.isEmpty() && task.stack().kasan().redzone() != 0;
        long marker = hasHeader ? task.stack().loadLong(base) : FrameInfo.MAGIC;
        return new FrameInfo(function, base, marker, objects);
    }
}
