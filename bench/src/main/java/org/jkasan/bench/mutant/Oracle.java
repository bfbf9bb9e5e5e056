package org.jkasan.bench.mutant;

import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jkasan.mm.Vmalloc;

/**
 * Knows, without KASAN, whether a planted bug was executed: it is told of each allocation, free and
 * access of a mutant, and keeps a plain map of what is live. Static, for bytecode calls it; one
 * mutant runs at a time.
 *
 * <p>An access is bad if it is not wholly within the live block that the unmutated access begins
 * in, or, where that begins in none, in the first place.
 */
public final class Oracle {

    private static final class Block {

        final long size;
        boolean live = true;

        Block(long size) {
            this.size = size;
        }
    }

    private static TreeMap<Long, Block> blocks = new TreeMap<>();
    private static Map<Object, Long> views = new IdentityHashMap<>();
    private static String where;

    private Oracle() {}

    /** Begins anew. */
    static void reset() {
        blocks = new TreeMap<>();
        views = new IdentityHashMap<>();
        where = null;
    }

    /** The class and the line that did something bad first, with a colon between; null if none. */
    static String where() {
        return where;
    }

    /** Whether something is still live. */
    static boolean isLeft() {
        return blocks.values().stream().anyMatch(block -> block.live);
    }

    private static void bad() {
        if (where == null) {
            where =
                    StackWalker.getInstance()
                            .walk(
                                    frames ->
                                            frames.filter(Oracle::isMutants)
                                                    .findFirst()
                                                    .map(Oracle::line)
                                                    .orElseThrow());
        }
    }

    private static boolean isMutants(StackWalker.StackFrame frame) {
        return !frame.getClassName().equals(Oracle.class.getName());
    }

    private static String line(StackWalker.StackFrame frame) {
        return frame.getClassName() + ":" + frame.getLineNumber();
    }

    /** Something was allocated; called by mutants, as all that follow. */
    public static void allocated(long addr, long size) {
        if (addr != 0) {
            blocks.subMap(addr, addr + Math.max(size, 1)).clear();
            blocks.put(addr, new Block(size));
        }
    }

    /** A buffer or an array was allocated. */
    public static void allocated(Object view, long size, Vmalloc vmalloc) {
        if (view != null) {
            long addr =
                    view instanceof ByteBuffer buffer
                            ? vmalloc.addressOf(buffer)
                            : vmalloc.addressOf(view);
            views.put(view, addr);
            allocated(addr, size * elementSize(view));
        }
    }

    private static int elementSize(Object view) {
        return view instanceof int[] ? 4 : view instanceof long[] ? 8 : 1;
    }

    /** An object got another size and perhaps another place. */
    public static void resized(long from, long to, long size) {
        if (to != 0) {
            free(from);
            allocated(to, size);
        }
    }

    /** Something is about to be freed. */
    public static void free(long addr) {
        if (addr == 0) {
            return;
        }
        Block block = blocks.get(addr);
        if (block == null || !block.live) {
            bad();
        } else {
            block.live = false;
        }
    }

    /** A buffer, an array, or an address in a box is about to be freed. */
    public static void free(Object view) {
        if (view instanceof Long addr) {
            free(addr.longValue());
        } else if (view != null) {
            free(views.getOrDefault(view, 1L));
        }
    }

    /** Memory is about to be touched at an address. */
    public static void access(long intended, long addr, long length) {
        if (length != 0 && !isGood(intended, addr, length)) {
            bad();
        }
    }

    private static boolean isGood(long intended, long addr, long length) {
        var entry = blocks.floorEntry(intended);
        if (entry == null || !entry.getValue().live) {
            return false;
        }
        long from = addr - entry.getKey();
        return from >= 0 && length >= 0 && from + length <= entry.getValue().size;
    }

    /** A buffer is about to be touched; one that was not allocated here is nobody's business. */
    public static void access(ByteBuffer buffer, int intended, int index, int length) {
        Long start = views.get(buffer);
        if (start != null && index >= 0 && index + (long) length <= buffer.limit()) {
            access(start + intended, start + index, length);
        }
    }

    /** Elements of an array are about to be touched by a method of the JDK or the kernel. */
    public static void range(Object array, int from, int length) {
        Long start = array == null ? null : views.get(array);
        if (start != null && length > 0) {
            int size = elementSize(array);
            access(start, start + (long) from * size, (long) length * size);
        }
    }

    /** An element of an array is about to be touched. */
    public static void element(Object array, int intended, int index) {
        Long start = array == null ? null : views.get(array);
        if (start != null) {
            int size = elementSize(array);
            access(start + (long) intended * size, start + (long) index * size, size);
        }
    }
}
