package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A call of every row: the hooks get what the row says, and the call gets what it got before. */
class InterceptedCallTest {

    private static final String NAME = "CallTarget";
    private static final int LENGTH = 32;

    @ParameterizedTest
    @EnumSource(names = {"SHORT", "HANDLES"})
    void everyRow_isCheckedAndCalledAsBefore(Variant variant) throws ReflectiveOperationException {
        for (InterceptedCall row : Catalogue.rows()) {
            check(row, variant, false);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SHORT", "HANDLES"})
    void everyRow_withNull_failsAsBefore(Variant variant) throws ReflectiveOperationException {
        for (InterceptedCall row : Catalogue.rows()) {
            check(row, variant, true);
        }
    }

    private static void check(InterceptedCall row, Variant variant, boolean nothing)
            throws ReflectiveOperationException {
        Method method = method(row);
        byte[] classFile = caller(row, method);
        RecordingHooks.reset();
        Object[] given = arguments(row, nothing);
        String expected = outcome(Variant.ORIGINAL, classFile, given);
        RecordingHooks.reset();
        given = arguments(row, nothing);
        for (int i = 0; i < given.length; i++) {
            if (given[i] != null && !(given[i] instanceof Number)) {
                RecordingHooks.know(given[i], "argument" + i);
            }
        }
        assertThat(outcome(variant, classFile, given)).as(method.toString()).isEqualTo(expected);
        assertThat(RecordingHooks.events())
                .as(method.toString())
                .isEqualTo(row.effects().stream().map(effect -> event(effect, nothing)).toList());
    }

    private static String outcome(Variant variant, byte[] classFile, Object[] arguments) {
        Class<?> target = variant.define(NAME, classFile);
        return Variant.outcome(Variant.method(target, "run"), arguments)
                + " leaving "
                + Arrays.deepToString(arguments);
    }

    /** What is written down for an effect; numbers are as {@link #arguments} makes them. */
    private static String event(Effect effect, boolean nothing) {
        StringBuilder event = new StringBuilder(effect.hook().method());
        for (int i = 0; i < effect.operands().size(); i++) {
            Operand operand = effect.operands().get(i);
            event.append(' ');
            if (operand instanceof Operand.Constant constant) {
                event.append(constant.value());
            } else if (operand instanceof Operand.Span span) {
                event.append(span.to() - span.from());
            } else if (operand instanceof Operand.Argument argument) {
                boolean reference = effect.hook().parameter(i).getSort() == Type.OBJECT;
                boolean absent = argument.index() == 0 && (nothing || isKernel(effect));
                String name = reference ? "argument" + argument.index() : "" + argument.index();
                event.append(absent ? "null" : name);
            }
        }
        return event.toString();
    }

    private static boolean isKernel(Effect effect) {
        return effect.hook().parameter(0).getClassName().startsWith("org.jkasan.");
    }

    private static Object[] arguments(InterceptedCall row, boolean nothing) {
        List<Object> arguments = new ArrayList<>();
        int count = Type.getArgumentTypes(row.parameters() + "V").length + (row.isStatic() ? 0 : 1);
        for (int i = 0; i < count; i++) {
            arguments.add(argument(row.argument(i), i));
        }
        if (nothing) {
            arguments.set(0, null);
        }
        return arguments.toArray();
    }

    /** An argument that tells its position where it is a number. */
    private static Object argument(Type type, int position) {
        return switch (type.getDescriptor()) {
            case "Z" -> true;
            case "B" -> (byte) position;
            case "C" -> (char) position;
            case "S" -> (short) position;
            case "I" -> position;
            case "F" -> (float) position;
            case "J" -> (long) position;
            case "D" -> (double) position;
            case "Ljava/lang/String;" -> "abcdef";
            case "Ljava/lang/Object;" -> new int[LENGTH];
            case "Ljava/nio/ByteOrder;" -> ByteOrder.BIG_ENDIAN;
            case "Ljava/nio/ByteBuffer;" -> ByteBuffer.allocate(LENGTH);
            case "Ljava/nio/MappedByteBuffer;" -> (MappedByteBuffer) ByteBuffer.allocateDirect(64);
            case "Ljava/nio/CharBuffer;" -> CharBuffer.allocate(LENGTH);
            case "Ljava/nio/ShortBuffer;" -> ShortBuffer.allocate(LENGTH);
            case "Ljava/nio/IntBuffer;" -> IntBuffer.allocate(LENGTH);
            case "Ljava/nio/LongBuffer;" -> LongBuffer.allocate(LENGTH);
            case "Ljava/nio/FloatBuffer;" -> FloatBuffer.allocate(LENGTH);
            case "Ljava/nio/DoubleBuffer;" -> DoubleBuffer.allocate(LENGTH);
            default -> type.getClassName().startsWith("org.jkasan.") ? null : array(type);
        };
    }

    private static Object array(Type type) {
        Class<?> element =
                Stream.of(
                                boolean.class,
                                byte.class,
                                char.class,
                                short.class,
                                int.class,
                                float.class,
                                long.class,
                                double.class)
                        .filter(each -> Type.getType(each).equals(type.getElementType()))
                        .findFirst()
                        .orElseThrow();
        return Array.newInstance(element, LENGTH);
    }

    private static Method method(InterceptedCall row) throws ClassNotFoundException {
        return Arrays.stream(Class.forName(row.owner().replace('/', '.')).getMethods())
                .filter(method -> method.getName().equals(row.name()) && !method.isBridge())
                .filter(method -> Type.getMethodDescriptor(method).startsWith(row.parameters()))
                .findFirst()
                .orElseThrow();
    }

    /** A class whose {@code run} takes the call's arguments, makes it and returns what it gave. */
    private static byte[] caller(InterceptedCall row, Method method) {
        int declared = method.getParameterCount();
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        Type[] parameters = new Type[declared + (isStatic ? 0 : 1)];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = row.argument(i);
        }
        Type result = Type.getReturnType(method);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, NAME, null, "java/lang/Object", null);
        MethodVisitor code =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        "run",
                        Type.getMethodDescriptor(result, parameters),
                        null,
                        null);
        code.visitCode();
        int local = 0;
        for (Type parameter : parameters) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), local);
            local += parameter.getSize();
        }
        code.visitMethodInsn(
                isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL,
                row.owner(),
                row.name(),
                Type.getMethodDescriptor(method),
                false);
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
        return writer.toByteArray();
    }
}
