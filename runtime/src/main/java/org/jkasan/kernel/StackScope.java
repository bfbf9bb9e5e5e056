package org.jkasan.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of a function whose local variables must not be used after its end. A block that is
 * entered again finds its variables, known by name and size, where they were.
 */
public final class StackScope implements AutoCloseable {

    private final StackFrame frame;
    private final List<StackObject> objects = new ArrayList<>();
    private boolean closed;

    StackScope(StackFrame frame) {
        this.frame = frame;
    }

    /** Declares a variable of the block, as {@link StackFrame#local} does for the function. */
    public long local(String name, int size) {
        if (closed) {
            throw new IllegalStateException(
                    "The scope of " + name + " has ended; declare it in an open one.");
        }
        StackObject object = frame.enterScope(name, size);
        objects.add(object);
        return object.addr;
    }

    /** Declares a variable of the block, as {@link StackFrame#buffer} does for the function. */
    public ByteBuffer buffer(String name, int size) {
        return frame.stack().buffer(local(name, size));
    }

    /** Ends the block. */
    @Override
    public void close() {
        if (!closed) {
            frame.leaveScope(objects);
            closed = true;
        }
    }
}
