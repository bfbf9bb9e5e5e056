package org.jkasan.report;

import java.util.List;

/**
 * A stack frame with the objects in it, as a compiler's description has it.
 *
 * @param function whose frame it is
 * @param start the kernel address of the frame's header, from which offsets count
 * @param marker what stands in the header where {@link #MAGIC} must
 * @param objects from the lowest address upwards
 */
public record FrameInfo(String function, long start, long marker, List<FrameObject> objects) {

    /** KASAN_CURRENT_STACK_FRAME_MAGIC: the first word of a frame's header. */
    public static final long MAGIC = 0x41B5_8AB3L;

    public FrameInfo {
        objects = List.copyOf(objects);
    }

    /** Whether the header is one; if not, something has written over it. */
    boolean isValid() {
        return marker == MAGIC;
    }

    /**
     * A local variable.
     *
     * @param name its name
     * @param start its offset in the frame
     * @param end the offset behind its last byte
     */
    public record FrameObject(String name, long start, long end) {}
}
