package org.jkasan.agent;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.V17;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * The hooks for loaders that do not find the runtime: a class of {@code java.lang} for each class
 * of hooks, whose static methods call those of the same name and descriptor.
 *
 * <p>Every loader has to ask the boot loader for {@code java.*}; in OSGi and in child-first loaders
 * there is no other package that this holds for. The agent may define classes there since the boot
 * package has opened it to the agent's module alone. A class that is defined there may say that it
 * is always inlined and never seen in a stack trace, and so reports look as everywhere else.
 *
 * <p>Hooks that take types of the runtime are left out: a class that calls one has found the
 * runtime, or has one of its own.
 */
final class HookForwarders {

    private static final String PREFIX = "java/lang/$JKasan";

    /** How the internal names of classes that have hooks begin, and how they end. */
    private static final String HOOKS_PACKAGE = "org/jkasan/check/";

    private static final String HOOKS_SUFFIX = "Hooks";

    private static final String[] ANNOTATIONS = {
        "Ljdk/internal/vm/annotation/ForceInline;", "Ljdk/internal/vm/annotation/Hidden;"
    };

    private final Map<String, String> forwarders = new ConcurrentHashMap<>();

    /** Whether an internal name is that of a class of hooks. */
    static boolean isHooks(String name) {
        return name.startsWith(HOOKS_PACKAGE) && name.endsWith(HOOKS_SUFFIX);
    }

    /**
     * The class that stands for a class of hooks, defined now or before.
     *
     * @param hooks its internal name
     * @return an internal name as well
     * @throws LinkageError where this JVM does not let it be defined
     */
    String of(String hooks) {
        return forwarders.computeIfAbsent(hooks, HookForwarders::define);
    }

    private static String define(String hooks) {
        String name = PREFIX + hooks.substring(HOOKS_PACKAGE.length());
        try {
            Class<?> target = Class.forName(hooks.replace('/', '.'), true, null);
            MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                    .defineClass(classFile(name, target));
            return name;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Nothing can be put beside java.lang.Object, " + e, e);
        }
    }

    /** The class file of a forwarder. */
    static byte[] classFile(String name, Class<?> hooks) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int access = ACC_PUBLIC | ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC;
        writer.visit(V17, access, name, null, "java/lang/Object", null);
        for (Method hook : hooks.getDeclaredMethods()) {
            if (isForwarded(hook)) {
                forward(writer, hook);
            }
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static boolean isForwarded(Method hook) {
        return Modifier.isPublic(hook.getModifiers())
                && Modifier.isStatic(hook.getModifiers())
                && isOfJdk(hook.getReturnType())
                && Arrays.stream(hook.getParameterTypes()).allMatch(HookForwarders::isOfJdk);
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getModule().isNamed();
    }

    private static void forward(ClassWriter writer, Method hook) {
        String descriptor = Type.getMethodDescriptor(hook);
        MethodVisitor method =
                writer.visitMethod(ACC_PUBLIC | ACC_STATIC, hook.getName(), descriptor, null, null);
        for (String annotation : ANNOTATIONS) {
            method.visitAnnotation(annotation, true).visitEnd();
        }
        int slot = 0;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            method.visitVarInsn(argument.getOpcode(ILOAD), slot);
            slot += argument.getSize();
        }
        // STACK: arguments
        String owner = Type.getInternalName(hook.getDeclaringClass());
        method.visitMethodInsn(INVOKESTATIC, owner, hook.getName(), descriptor, false);
        // STACK: result, or nothing
        method.visitInsn(Type.getReturnType(descriptor).getOpcode(IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
