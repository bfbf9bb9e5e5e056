package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.check.TestSanitizer.assertNoReport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.report.AccessKind;
import org.jkasan.report.ReportInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hooks of VarHandles: whatever the handle, the mode and the index, a report is made where the
 * handle then does touch bad bytes, and nowhere else. What it does is tried out.
 */
class JdkHooksHandleTest {

    private static final int PAGE = 160;
    private static final int LENGTH = 48;
    private static final int VALID = 21;

    private static final List<Class<?>> TYPES =
            List.of(
                    char[].class,
                    short[].class,
                    int[].class,
                    long[].class,
                    float[].class,
                    double[].class);

    static Stream<Class<?>> types() {
        return TYPES.stream();
    }

    static Stream<Class<?>> allTypes() {
        return Stream.concat(Stream.of(byte[].class, boolean[].class), types());
    }

    @ParameterizedTest
    @MethodSource("allTypes")
    void elements(Class<?> type) {
        VarHandle handle = MethodHandles.arrayElementVarHandle(type);
        Object fresh = Array.newInstance(type.getComponentType(), 4);
        int size = 1 << ArrayElements.shift(fresh);
        Object array = TestSanitizer.track(fresh, PAGE, 3 * size);
        long base = Hooks.handle(array);
        for (AccessMode mode : AccessMode.values()) {
            boolean supported = handle.isAccessModeSupported(mode);
            for (int i = -1; i <= 4; i++) {
                boolean bad = supported && (i < 0 || i >= 3);
                check(mode, bad, base + i * size, size, report(handle, array, i, mode));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void viewsOfByteArrays(Class<?> type) {
        int size = 1 << ArrayElements.shift(Array.newInstance(type.getComponentType(), 0));
        byte[] bytes = TestSanitizer.track(new byte[LENGTH], PAGE, VALID);
        long base = Hooks.handle(bytes);
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            VarHandle handle = MethodHandles.byteArrayViewVarHandle(type, order);
            for (AccessMode mode : AccessMode.values()) {
                for (int i = 0; i + size <= LENGTH; i++) {
                    boolean bad = works(handle, mode, bytes, i) && i + size > VALID;
                    check(mode, bad, base + i, size, report(handle, bytes, i, mode));
                }
            }
            check(AccessMode.GET, true, base - 1, size, report(handle, bytes, -1, AccessMode.GET));
            int end = LENGTH - size + 1;
            check(
                    AccessMode.SET,
                    true,
                    base + end,
                    size,
                    report(handle, bytes, end, AccessMode.SET));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void viewsOfBuffers(Class<?> type) {
        int size = 1 << ArrayElements.shift(Array.newInstance(type.getComponentType(), 0));
        VarHandle handle = MethodHandles.byteBufferViewVarHandle(type, ByteOrder.BIG_ENDIAN);
        List<ByteBuffer> buffers = new ArrayList<>();
        buffers.add(TestSanitizer.direct(PAGE, VALID, LENGTH));
        buffers.add(TestSanitizer.direct(PAGE, VALID, LENGTH).asReadOnlyBuffer());
        buffers.add(TestSanitizer.direct(PAGE, VALID, LENGTH).limit(LENGTH - 3));
        byte[] bytes = TestSanitizer.track(new byte[LENGTH], PAGE + 4, VALID);
        buffers.add(ByteBuffer.wrap(bytes));
        for (ByteBuffer buffer : buffers) {
            long base =
                    buffer.isDirect() ? TestSanitizer.REGION + 4096 * PAGE : Hooks.handle(bytes);
            for (AccessMode mode : AccessMode.values()) {
                for (int i = -1; i <= LENGTH; i++) {
                    boolean bad = works(handle, mode, buffer, i) && i + size > VALID;
                    int index = i;
                    ReportInfo info =
                            TestSanitizer.report(
                                    () ->
                                            JdkHooks.handleAccess(
                                                    handle,
                                                    buffer,
                                                    index,
                                                    type(handle, mode),
                                                    mode.ordinal()));
                    check(mode, bad, base + i, size, info);
                }
            }
        }
    }

    private static ReportInfo report(VarHandle handle, Object array, int index, AccessMode mode) {
        return TestSanitizer.report(
                () ->
                        JdkHooks.handleAccess(
                                handle, array, index, type(handle, mode), mode.ordinal()));
    }

    private static String type(VarHandle handle, AccessMode mode) {
        return handle.accessModeType(mode).toMethodDescriptorString();
    }

    private static void check(
            AccessMode mode, boolean bad, long address, int size, ReportInfo info) {
        assertThat(info != null).as("%s at %x", mode, address).isEqualTo(bad);
        if (bad) {
            boolean reads = mode.methodName().matches("get(Volatile|Acquire|Opaque)?");
            assertThat(info.kind())
                    .as("%s", mode)
                    .isEqualTo(reads ? AccessKind.READ : AccessKind.WRITE);
            assertThat(info.address()).isEqualTo(address);
            assertThat(info.size()).isEqualTo(size);
        }
    }

    /** Whether the access happens, or is refused with an exception. */
    private static boolean works(VarHandle handle, AccessMode mode, Object container, int index) {
        Class<?>[] types = handle.accessModeType(mode).parameterArray();
        Object[] arguments = new Object[types.length];
        arguments[0] = container;
        arguments[1] = index;
        for (int i = 2; i < types.length; i++) {
            arguments[i] = Array.get(Array.newInstance(types[i], 1), 0);
        }
        try {
            MethodHandles.varHandleInvoker(mode, handle.accessModeType(mode))
                    .invokeWithArguments(
                            Stream.concat(Stream.of(handle), Arrays.stream(arguments)).toList());
            return true;
        } catch (Throwable refused) {
            return false;
        }
    }

    @Test
    void otherHandles_areNotChecked() throws ReflectiveOperationException {
        byte[] freed = TestSanitizer.track(new byte[8], PAGE, 0);
        VarHandle field =
                MethodHandles.lookup().findStaticVarHandle(Holder.class, "field", int.class);
        VarHandle strings = MethodHandles.arrayElementVarHandle(String[].class);
        VarHandle longs = MethodHandles.arrayElementVarHandle(long[].class);
        for (VarHandle handle : List.of(field, strings, longs)) {
            assertNoReport(() -> JdkHooks.handleAccess(handle, freed, 0, "([BI)I", 0));
            assertNoReport(
                    () ->
                            JdkHooks.handleAccess(
                                    handle,
                                    ByteBuffer.wrap(freed),
                                    0,
                                    "(Ljava/nio/ByteBuffer;I)I",
                                    0));
        }
        assertNoReport(() -> JdkHooks.handleAccess(null, freed, 0, "([BI)I", 0));
        assertNoReport(() -> JdkHooks.handleAccess(longs, (Object) null, 0, "([JI)J", 0));
        assertNoReport(
                () ->
                        JdkHooks.handleAccess(
                                longs, (ByteBuffer) null, 0, "(Ljava/nio/ByteBuffer;I)J", 0));
    }

    private static final class Holder {
        static int field;
    }
}
