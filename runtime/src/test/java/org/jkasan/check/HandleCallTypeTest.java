package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of VarHandles with all kinds of types: whether Java lets them through is tried out. */
class HandleCallTypeTest {

    private static final List<Class<?>> TYPES =
            List.of(
                    byte.class,
                    char.class,
                    int.class,
                    long.class,
                    double.class,
                    boolean.class,
                    Integer.class,
                    Long.class,
                    Object.class,
                    String.class,
                    Number.class,
                    HandleCallTypeTest.class);

    private static final List<AccessMode> MODES =
            List.of(
                    AccessMode.GET,
                    AccessMode.SET,
                    AccessMode.COMPARE_AND_SET,
                    AccessMode.GET_AND_SET);

    static Stream<VarHandle> handles() {
        return Stream.of(
                        MethodHandles.arrayElementVarHandle(int[].class),
                        MethodHandles.arrayElementVarHandle(double[].class),
                        MethodHandles.arrayElementVarHandle(boolean[].class),
                        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN))
                .flatMap(handle -> Stream.of(handle, handle.withInvokeExactBehavior()));
    }

    @ParameterizedTest
    @MethodSource("handles")
    void call_suits_whereJavaLetsItThrough(VarHandle handle) {
        int through = 0;
        for (AccessMode mode : MODES) {
            if (handle.isAccessModeSupported(mode)) {
                for (Class<?> result : results()) {
                    for (Class<?> value : TYPES) {
                        through += check(handle, mode, result, value);
                    }
                }
            }
        }
        assertThat(through).isPositive();
    }

    private static List<Class<?>> results() {
        List<Class<?>> results = new ArrayList<>(TYPES);
        results.add(void.class);
        return results;
    }

    private static int check(VarHandle handle, AccessMode mode, Class<?> result, Class<?> value) {
        MethodType type = handle.accessModeType(mode).changeReturnType(result);
        for (int i = 2; i < type.parameterCount(); i++) {
            type = type.changeParameterType(i, value);
        }
        boolean object = type.parameterCount() > 2 && !value.isPrimitive();
        boolean foreign = result == HandleCallTypeTest.class;
        boolean suits = HandleCallType.suits(handle, mode, type.toMethodDescriptorString());
        if (object || foreign) {
            assertThat(suits).as("%s %s", mode, type).isFalse();
        } else {
            assertThat(suits).as("%s %s", mode, type).isEqualTo(works(handle, mode, type));
        }
        return suits ? 1 : 0;
    }

    private static boolean works(VarHandle handle, AccessMode mode, MethodType type) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(handle);
        arguments.add(Array.newInstance(type.parameterType(0).getComponentType(), 32));
        arguments.add(8);
        for (int i = 2; i < type.parameterCount(); i++) {
            arguments.add(Array.get(Array.newInstance(type.parameterType(i), 1), 0));
        }
        try {
            MethodHandles.varHandleInvoker(mode, type).invokeWithArguments(arguments);
            return true;
        } catch (Throwable refused) {
            return false;
        }
    }

    @Test
    void call_withANarrowIndex_suits() {
        VarHandle handle = MethodHandles.arrayElementVarHandle(int[].class);
        assertThat(HandleCallType.suits(handle, AccessMode.GET, "([IS)I")).isTrue();
        assertThat(HandleCallType.suits(handle, AccessMode.GET, "([IJ)I")).isFalse();
        assertThat(HandleCallType.suits(handle, AccessMode.GET, "([I)I")).isFalse();
    }
}
