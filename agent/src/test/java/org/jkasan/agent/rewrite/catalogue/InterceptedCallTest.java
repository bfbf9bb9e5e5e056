package org.jkasan.agent.rewrite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle.AccessMode;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.Variant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A call of every row: the hooks get what the row says, and the call gets what it got before. */
class InterceptedCallTest {

    static final String NAME = "CallTarget";

    /** What the JVM prints of an object that says nothing about itself. */
    private static final String ADDRESS = "@[0-9a-f]+|CallTarget[/$0-9a-zA-Z]*";

    @ParameterizedTest
    @EnumSource(names = {"SHORT", "HANDLES"})
    void everyRow_isCheckedAndCalledAsBefore(Variant variant) throws ReflectiveOperationException {
        for (InterceptedCall row : CatalogueTest.rowsOfThisJdk()) {
            check(row, variant, false);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SHORT", "HANDLES"})
    void everyRow_withNull_failsAsBefore(Variant variant) throws ReflectiveOperationException {
        for (InterceptedCall row : CatalogueTest.rowsOfThisJdk()) {
            check(row, variant, true);
        }
    }

    private static void check(InterceptedCall row, Variant variant, boolean nothing)
            throws ReflectiveOperationException {
        String descriptor = descriptor(row);
        String call = row.owner() + "." + row.name() + descriptor;
        byte[] classFile = caller(row, descriptor);
        RecordingHooks.reset();
        Object[] given = arguments(row, descriptor, nothing);
        String expected = outcome(Variant.ORIGINAL, classFile, given);
        RecordingHooks.reset();
        given = arguments(row, descriptor, nothing);
        for (int i = 0; i < given.length; i++) {
            if (given[i] != null && !(given[i] instanceof Number)) {
                RecordingHooks.know(given[i], "argument" + i);
            }
        }
        Object[] known = given.clone();
        assertThat(outcome(variant, classFile, given)).as(call).isEqualTo(expected);
        assertThat(RecordingHooks.events())
                .as(call)
                .isEqualTo(
                        row.effects().stream()
                                .map(effect -> event(effect, descriptor, known))
                                .toList());
    }

    private static String outcome(Variant variant, byte[] classFile, Object[] arguments) {
        Class<?> target = variant.define(NAME, classFile);
        String result = Variant.outcome(Variant.method(target, "run"), arguments);
        return plain(result + " leaving " + Arrays.deepToString(arguments));
    }

    /** What came of a call, without addresses. */
    static String plain(String outcome) {
        return outcome.replaceAll(ADDRESS, "");
    }

    /** What is written down for an effect; numbers are as {@link CallArguments} makes them. */
    private static String event(Effect effect, String descriptor, Object[] given) {
        StringBuilder event = new StringBuilder(effect.hook().method());
        for (Operand operand : effect.operands()) {
            event.append(' ');
            if (operand instanceof Operand.Constant constant) {
                event.append(constant.value());
            } else if (operand instanceof Operand.Span span) {
                event.append(span.to() - span.from());
            } else if (operand instanceof Operand.CallType) {
                event.append(descriptor);
            } else if (operand instanceof Operand.Argument argument) {
                Object value = given[argument.index()];
                boolean plain = value == null || value instanceof Number;
                event.append(plain ? value : "argument" + argument.index());
            }
        }
        return event.toString();
    }

    private static Object[] arguments(InterceptedCall row, String descriptor, boolean nothing) {
        InterceptedCall called = row.of(descriptor);
        Object[] arguments = new Object[parameters(row, descriptor).length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = CallArguments.of(called.argument(i), i);
        }
        if (row.kind() == InterceptedCall.Kind.POLYMORPHIC) {
            arguments[0] = CallArguments.handle(called.argument(1));
        }
        if (nothing) {
            arguments[0] = null;
        }
        return arguments;
    }

    /** The descriptor of a call of a row's method. */
    static String descriptor(InterceptedCall row) throws ReflectiveOperationException {
        if (row.kind() == InterceptedCall.Kind.POLYMORPHIC) {
            Type container = Type.getArgumentTypes(row.parameters() + ")V")[0];
            MethodType type =
                    CallArguments.handle(container)
                            .accessModeType(AccessMode.valueFromMethodName(row.name()));
            String whole = type.toMethodDescriptorString();
            return row.parameters()
                    + whole.substring(1 + type.parameterType(0).descriptorString().length());
        }
        Class<?> owner = CatalogueTest.owner(row.owner());
        if (owner.isArray()) {
            return row.parameters() + "Ljava/lang/Object;";
        }
        return CatalogueTest.methods(owner, row)
                .map(InterceptedCallTest::descriptor)
                .findFirst()
                .orElseThrow();
    }

    private static String descriptor(Executable method) {
        return method instanceof Method declared
                ? Type.getMethodDescriptor(declared)
                : Type.getMethodDescriptor(
                        Type.VOID_TYPE,
                        Stream.of(method.getParameterTypes())
                                .map(Type::getType)
                                .toArray(Type[]::new));
    }

    static Type[] parameters(InterceptedCall row, String descriptor) {
        List<Type> declared = List.of(Type.getArgumentTypes(descriptor));
        Stream<Type> receiver =
                row.kind() == InterceptedCall.Kind.FUNCTION
                        ? Stream.of()
                        : Stream.of(Type.getObjectType(row.owner()));
        return Stream.concat(receiver, declared.stream()).toArray(Type[]::new);
    }

    /** A class whose {@code run} takes the call's arguments, makes it and returns what it gave. */
    static byte[] caller(InterceptedCall row, String descriptor) throws ClassNotFoundException {
        Type[] parameters = parameters(row, descriptor);
        boolean creates = row.name().equals("<init>");
        Type result = creates ? Type.getObjectType(row.owner()) : Type.getReturnType(descriptor);
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
        if (creates) {
            code.visitTypeInsn(Opcodes.NEW, row.owner());
            code.visitInsn(Opcodes.DUP);
        }
        int local = 0;
        for (Type parameter : parameters) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), local);
            local += parameter.getSize();
        }
        boolean isInterface = CatalogueTest.owner(row.owner()).isInterface();
        code.visitMethodInsn(
                opcode(row, isInterface), row.owner(), row.name(), descriptor, isInterface);
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
        return writer.toByteArray();
    }

    private static int opcode(InterceptedCall row, boolean isInterface) {
        if (row.kind() != InterceptedCall.Kind.FUNCTION) {
            return isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        }
        return row.name().equals("<init>") ? Opcodes.INVOKESPECIAL : Opcodes.INVOKESTATIC;
    }
}
