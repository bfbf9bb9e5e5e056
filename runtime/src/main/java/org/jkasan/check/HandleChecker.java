package org.jkasan.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jkasan.report.AccessKind;

/**
 * The checks of {@code VarHandle}s that access elements of an array or view the bytes of a byte
 * array or ByteBuffer. Any other, one that computes its coordinates for instance, is not checked:
 * what it is going to touch is its secret.
 *
 * <p>An atomic update is a write, even if it then changes nothing, as in the kernel.
 */
final class HandleChecker {

    private static final AccessMode[] MODES = AccessMode.values();

    private final AccessChecker checker;
    private final HeapArrays arrays;
    private final BufferChecker buffers;

    HandleChecker(AccessChecker checker, HeapArrays arrays, BufferChecker buffers) {
        this.checker = checker;
        this.arrays = arrays;
        this.buffers = buffers;
    }

    /**
     * Checks an access to a tracked array.
     *
     * @param callType descriptor of the call
     * @param mode ordinal of the access mode
     */
    void array(VarHandle handle, Object array, int index, String callType, int mode) {
        KnownHandles known = known(handle, mode);
        if (known == null) {
            return;
        }
        if (handle.getClass() == known.element && array.getClass() == known.array) {
            long offset = (long) index << ArrayElements.shift(array);
            element(handle, array, offset, known.size, callType, mode);
        } else if (handle.getClass() == known.arrayView && array instanceof byte[]) {
            long place = BufferFields.firstElement(array) + index;
            if (isPlain(mode) || (place & known.size - 1) == 0) {
                element(handle, array, index, known.size, callType, mode);
            }
        }
    }

    private void element(
            VarHandle handle, Object array, long offset, int size, String callType, int mode) {
        long base = arrays.handle(array);
        if (base != 0
                && checker.isBeginningBad(base + offset, size)
                && HandleCallType.suits(handle, MODES[mode], callType)) {
            checker.beginning(kind(mode), base + offset, size, size);
        }
    }

    /** Checks an access to a buffer's bytes. */
    void buffer(VarHandle handle, Buffer buffer, int index, String callType, int mode) {
        KnownHandles known = known(handle, mode);
        if (known != null
                && handle.getClass() == known.bufferView
                && (isPlain(mode) || known.isAtomicAt((ByteBuffer) buffer, index))
                && HandleCallType.suits(handle, MODES[mode], callType)) {
            buffers.access(kind(mode), buffer, index, known.size);
        }
    }

    /** What is known of handles of its type; null if it has no such mode. */
    private static KnownHandles known(VarHandle handle, int mode) {
        Class<?> type = handle.varType();
        return type.isPrimitive() && handle.isAccessModeSupported(MODES[mode])
                ? KnownHandles.of(type)
                : null;
    }

    private static AccessKind kind(int mode) {
        return switch (MODES[mode]) {
            case GET, GET_VOLATILE, GET_ACQUIRE, GET_OPAQUE -> AccessKind.READ;
            default -> AccessKind.WRITE;
        };
    }

    private static boolean isPlain(int mode) {
        return MODES[mode] == AccessMode.GET || MODES[mode] == AccessMode.SET;
    }

    /** The JDK's classes of such handles for one primitive type, which tell what they touch. */
    private static final class KnownHandles {

        private static final KnownHandles[] ALL = {
            new KnownHandles(new int[0]),
            new KnownHandles(new long[0]),
            new KnownHandles(new short[0]),
            new KnownHandles(new char[0]),
            new KnownHandles(new float[0]),
            new KnownHandles(new double[0]),
            new KnownHandles(new byte[0]),
            new KnownHandles(new boolean[0]),
        };

        final Class<?> array;
        final int size;
        final Class<?> element;
        final Class<?> arrayView;
        final Class<?> bufferView;

        /** Whether memory in the heap has places where an atomic access is aligned for certain. */
        private final boolean atomicInHeap;

        private KnownHandles(Object sample) {
            array = sample.getClass();
            size = 1 << ArrayElements.shift(sample);
            element = MethodHandles.arrayElementVarHandle(array).getClass();
            boolean views = size > 1;
            VarHandle view =
                    views
                            ? MethodHandles.byteArrayViewVarHandle(array, ByteOrder.nativeOrder())
                            : null;
            arrayView = views ? view.getClass() : null;
            bufferView =
                    views
                            ? MethodHandles.byteBufferViewVarHandle(array, ByteOrder.nativeOrder())
                                    .getClass()
                            : null;
            atomicInHeap = views && view.isAccessModeSupported(AccessMode.GET_VOLATILE);
        }

        static KnownHandles of(Class<?> type) {
            for (KnownHandles known : ALL) {
                if (known.array.getComponentType() == type) {
                    return known;
                }
            }
            throw new IllegalArgumentException(type + " has no arrays");
        }

        boolean isAtomicAt(ByteBuffer buffer, int index) {
            long place = BufferFields.address(buffer) + index;
            return (place & size - 1) == 0 && (buffer.isDirect() || atomicInHeap);
        }
    }
}
