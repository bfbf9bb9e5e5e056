package org.jkasan.agent.rewrite;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Map;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.util.TraceClassVisitor;

/** The ways in which a test runs one and the same class: as it is, and with checks of each form. */
public enum Variant {
    ORIGINAL(CheckForm.NONE),
    SHORT(CheckForm.SHORT),
    HANDLES(CheckForm.HANDLES),
    VERSIONS(CheckForm.VERSIONS);

    private final CheckForm form;

    Variant(CheckForm form) {
        this.form = form;
    }

    /** The class file in this form, which calls {@link RecordingHooks}. */
    public byte[] of(byte[] original) {
        return this == ORIGINAL
                ? original
                : new ClassRewriter()
                        .rewrite(original, form)
                        .map(rewritten -> recording(rewritten.classFile()))
                        .orElse(original);
    }

    /** The class defined in a loader of its own, and the classes nested in it. */
    public Class<?> define(Class<?> target) {
        RewritingLoader loader = new RewritingLoader(Variant.class.getClassLoader());
        add(loader, target);
        try {
            return loader.loadClass(target.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void add(RewritingLoader loader, Class<?> target) {
        loader.with(target.getName(), of(classFile(target)));
        for (Class<?> nested : target.getDeclaredClasses()) {
            add(loader, nested);
        }
    }

    /** A class made by a test, defined in a loader of its own. */
    public Class<?> define(String name, byte[] classFile) {
        try {
            return loader(Map.of(name, classFile)).loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A loader of classes made by a test, by binary name. */
    public ClassLoader loader(Map<String, byte[]> classFiles) {
        RewritingLoader loader = new RewritingLoader(Variant.class.getClassLoader());
        classFiles.forEach((name, classFile) -> loader.with(name, of(classFile)));
        return loader;
    }

    /** What a call came to: its result, or the exception that it threw, as text. */
    public static String outcome(Method method, Object... arguments) {
        return outcomeOn(null, method, arguments);
    }

    /** The same of a method of an object. */
    public static String outcomeOn(Object target, Method method, Object... arguments) {
        method.setAccessible(true);
        try {
            return "returns " + text(method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            return "throws " + text(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * An exception, but for what of its message depends on HotSpot: whether C1 has compiled the
     * check of a buffer's index (17), and whether a variable without a name has been set before, as
     * far as the order of the code tells.
     */
    private static String text(Throwable thrown) {
        return thrown.getClass() == IndexOutOfBoundsException.class
                ? thrown.getClass().getName()
                : thrown.toString().replaceAll("<(local|parameter)\\d+>", "<variable>");
    }

    private static String text(Object value) {
        if (value instanceof CharBuffer chars) {
            return "chars " + chars.position() + " to " + chars.limit(); // not what is in it
        }
        String nested = Arrays.deepToString(new Object[] {value});
        return nested.substring(1, nested.length() - 1);
    }

    /** The method of that name; there must be only one. */
    public static Method method(Class<?> owner, String name) {
        return Arrays.stream(owner.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static byte[] classFile(Class<?> target) {
        String resource = "/" + target.getName().replace('.', '/') + ".class";
        try (InputStream in = target.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The instructions as text, for a failure's message. */
    public static String dump(byte[] classFile) {
        StringWriter text = new StringWriter();
        new ClassReader(classFile)
                .accept(new TraceClassVisitor(new PrintWriter(text)), ClassReader.SKIP_DEBUG);
        return text.toString();
    }

    /** The class file with calls of {@link RecordingHooks} instead of the hooks. */
    public static byte[] recording(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String desc, String sig, String[] thrown) {
                        return recording(super.visitMethod(access, name, desc, sig, thrown));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static MethodVisitor recording(MethodVisitor next) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String desc, boolean isInterface) {
                super.visitMethodInsn(opcode, standIn(owner), name, desc, isInterface);
            }
        };
    }

    /** The class that stands in for one with hooks, or that class itself. */
    private static String standIn(String owner) {
        return switch (owner) {
            case Hook.OWNER -> Type.getInternalName(RecordingHooks.class);
            case Hook.BUFFER_OWNER -> Type.getInternalName(RecordingBufferHooks.class);
            case Hook.KERNEL_OWNER -> Type.getInternalName(RecordingKernelHooks.class);
            case Hook.JDK_OWNER -> Type.getInternalName(RecordingJdkHooks.class);
            case Hook.CODEC_OWNER -> Type.getInternalName(RecordingCodecHooks.class);
            case Hook.LOOP_OWNER -> Type.getInternalName(RecordingLoopHooks.class);
            default -> owner;
        };
    }
}
