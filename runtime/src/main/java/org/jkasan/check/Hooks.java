package org.jkasan.check;

import jdk.internal.vm.annotation.ForceInline;
import org.jkasan.report.AccessKind;
import org.jkasan.report.CallSite;
import org.jkasan.shadow.Shadow;

/**
 * The closed set of methods that rewritten code calls, each right before the access that it checks.
 * A bad access is reported, and then happens or not as Java has it; where Java is going to refuse
 * it with an exception, nothing is reported. Only the indexes of arrays are the shadow's to judge
 * alone: what lies outside the array may be poisoned, and is then reported first.
 *
 * <p>A handle stands for an array: the synthetic host address of its element 0, or 0 for an array
 * that is not tracked. Null arrays, buffers and address spaces are nobody's business here.
 */
public final class Hooks {

    /*
     * The fast path: host address, one shadow byte (two where the access straddles), compare with
     * 0. All else is the checkers'. Methods are small, so that C2 inlines them; the constants fold,
     * since the Sanitizer is installed before this class is initialised. Without one nothing is
     * tracked and there is no shadow; with one neither, but for the self-test, until there is memory.
     *
     * An index is any int, so an address may lie up to 16 GiB outside the address space; the shadow
     * has slack for that, and the shift is arithmetic.
     *
     * Where a handle is tested, -handle >>> 63 == 1 is handle != 0, as handles are not negative. C2
     * may compile a loop before it has counted its branches, and takes a test for equality to fail
     * then: of "!= 0" it keeps the call behind it as the usual way, and spills registers in the
     * loop around it; of "== 1" it does not.
     *
     * C1 compiles all that there is, also what is never run, with counters, and takes more than twice
     * as long for twice as many branches and inlined methods. It inlines whatever has up to 35 bytes
     * of code. So of a check there is one test in such a method; what follows it, where an array may
     * be tracked, is in a larger one (element), which C2 inlines where it is called in most of its
     * caller's calls: hence a caller that does nothing else (tracked, suspect), or the calls for
     * arrays that are not tracked would count.
     */

    private static final Sanitizer SANITIZER = Sanitizer.installed();
    private static final Shadow SHADOW = SANITIZER == null ? new Shadow() : SANITIZER.shadow();
    private static final HeapArrays ARRAYS =
            SANITIZER == null ? new HeapArrays() : SANITIZER.arrays();
    private static final LookMemo MEMO = ARRAYS.memo();
    private static final AccessChecker CHECKER = SANITIZER == null ? null : SANITIZER.checker();
    private static final BulkChecker BULK =
            new BulkChecker(CHECKER, ARRAYS, new BufferChecker(CHECKER, ARRAYS));

    private Hooks() {}

    /** Whether the hooks work for that sanitizer; too late if they were used before it came. */
    static boolean workFor(Sanitizer sanitizer) {
        return SANITIZER == sanitizer;
    }

    /** Whether there is anything to look at. */
    @ForceInline
    static boolean isWatching() {
        return SHADOW.base() != 0 || ARRAYS.tracksAny();
    }

    /** The call site of a number, which the call that follows takes: null where there is none. */
    public static CallSite callSite(int number) {
        return SANITIZER == null ? null : SANITIZER.callSites().site(number);
    }

    /** The handle of an array, or 0: not tracked, or null. The others know its element size. */
    public static long handle(Object array) {
        return ARRAYS.handle(array);
    }

    @ForceInline
    public static long handle1(Object array) {
        return ARRAYS.handle1(array);
    }

    @ForceInline
    public static long handle2(Object array) {
        return ARRAYS.handle2(array);
    }

    @ForceInline
    public static long handle4(Object array) {
        return ARRAYS.handle4(array);
    }

    @ForceInline
    public static long handle8(Object array) {
        return ARRAYS.handle8(array);
    }

    @ForceInline
    public static void load1(int index, long handle) {
        if (-handle >>> 63 == 1) {
            tracked(index, handle, 0, false);
        }
    }

    @ForceInline
    public static void load2(int index, long handle) {
        if (-handle >>> 63 == 1) {
            tracked(index, handle, 1, false);
        }
    }

    @ForceInline
    public static void load4(int index, long handle) {
        if (-handle >>> 63 == 1) {
            tracked(index, handle, 2, false);
        }
    }

    @ForceInline
    public static void load8(int index, long handle) {
        if (-handle >>> 63 == 1) {
            tracked(index, handle, 3, false);
        }
    }

    @ForceInline
    public static void store1(int index, long handle) {
        if (-handle >>> 63 == 1) {
            tracked(index, handle, 0, true);
        }
    }

    @ForceInline
    public static void store2(int index, long handle) {
        if (-handle >>> 63 == 1) {
            tracked(index, handle, 1, true);
        }
    }

    @ForceInline
    public static void store4(int index, long handle) {
        if (-handle >>> 63 == 1) {
            tracked(index, handle, 2, true);
        }
    }

    @ForceInline
    public static void store8(int index, long handle) {
        if (-handle >>> 63 == 1) {
            tracked(index, handle, 3, true);
        }
    }

    @ForceInline
    public static void load1(Object array, int index) {
        if (MEMO.tracks1) {
            suspect(array, index, 0, false);
        }
    }

    @ForceInline
    public static void load2(Object array, int index) {
        if (MEMO.tracks2) {
            suspect(array, index, 1, false);
        }
    }

    @ForceInline
    public static void load4(Object array, int index) {
        if (MEMO.tracks4) {
            suspect(array, index, 2, false);
        }
    }

    @ForceInline
    public static void load8(Object array, int index) {
        if (MEMO.tracks8) {
            suspect(array, index, 3, false);
        }
    }

    @ForceInline
    public static void store1(Object array, int index) {
        if (MEMO.tracks1) {
            suspect(array, index, 0, true);
        }
    }

    @ForceInline
    public static void store2(Object array, int index) {
        if (MEMO.tracks2) {
            suspect(array, index, 1, true);
        }
    }

    @ForceInline
    public static void store4(Object array, int index) {
        if (MEMO.tracks4) {
            suspect(array, index, 2, true);
        }
    }

    @ForceInline
    public static void store8(Object array, int index) {
        if (MEMO.tracks8) {
            suspect(array, index, 3, true);
        }
    }

    /**
     * A load of an element of {@code 1 << shift} bytes, in code that runs only if something is
     * tracked. It is larger than what C1 inlines; C2 inlines it where it is hot.
     */
    public static void load(int index, long handle, int shift) {
        if (-handle >>> 63 == 1) {
            long host = handle + ((long) index << shift);
            if (shadow(host) != 0) {
                CHECKER.access(AccessKind.READ, host, 1 << shift);
            }
        }
    }

    /** The same of a store. */
    public static void store(int index, long handle, int shift) {
        if (-handle >>> 63 == 1) {
            long host = handle + ((long) index << shift);
            if (shadow(host) != 0) {
                CHECKER.access(AccessKind.WRITE, host, 1 << shift);
            }
        }
    }

    private static void tracked(int index, long handle, int shift, boolean stores) {
        element(index, handle, shift, stores);
    }

    private static void suspect(Object array, int index, int shift, boolean stores) {
        element(array, index, shift, stores);
    }

    /** Checks the element of a tracked array. */
    static void element(int index, long handle, int shift, boolean stores) {
        long host = handle + ((long) index << shift);
        if (shadow(host) != 0) {
            CHECKER.access(stores ? AccessKind.WRITE : AccessKind.READ, host, 1 << shift);
        }
    }

    /** Checks the element of any array. */
    private static void element(Object array, int index, int shift, boolean stores) {
        long handle = ARRAYS.handle(array);
        if (-handle >>> 63 == 1) {
            long host = handle + ((long) index << shift);
            if (shadow(host) != 0) {
                CHECKER.access(stores ? AccessKind.WRITE : AccessKind.READ, host, 1 << shift);
            }
        }
    }

    static byte shadow(long host) {
        return SHADOW.fast(host);
    }

    /** Whether an access of {@code size} bytes touches two granules. */
    static boolean straddles(long host, int size) {
        return (host & Shadow.GRANULE_SIZE - 1) > Shadow.GRANULE_SIZE - size;
    }

    /** {@code Arrays.fill} of a whole array. */
    public static void writeAll(Object array) {
        if (ARRAYS.handle(array) != 0) {
            BULK.array(AccessKind.WRITE, array, 0, ArrayElements.length(array));
        }
    }

    /** A write of elements [from, from + count). */
    public static void writeRange(Object array, int from, int count) {
        if (ARRAYS.handle(array) != 0) {
            BULK.array(AccessKind.WRITE, array, from, count);
        }
    }

    /** {@code Arrays.copyOfRange(array, from, to)}; {@code copyOf} is the one from 0 on. */
    public static void readCopy(Object array, int from, int to) {
        if (ARRAYS.handle(array) != 0) {
            BULK.copyOfRange(array, from, to);
        }
    }

    /** {@code System.arraycopy}, its arguments in its order. */
    public static void copy(Object source, int from, Object destination, int to, int count) {
        if ((ARRAYS.handle(source) | ARRAYS.handle(destination)) != 0) {
            BULK.copy(source, from, destination, to, count);
        }
    }
}
