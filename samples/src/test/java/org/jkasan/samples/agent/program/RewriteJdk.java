package org.jkasan.samples.agent.program;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites every class of this JVM's own modules into a directory for each module below the one
 * that the argument names. What they call are hooks of {@code java.base} that do nothing, so a JVM
 * can start on them. Prints a table, and last of all the numbers.
 */
public final class RewriteJdk {

    private final PackagedRewriter rewriter = new PackagedRewriter();
    private final Set<String> hooks = new TreeSet<>();
    private final CorpusCount all = new CorpusCount();

    private RewriteJdk() throws ReflectiveOperationException {}

    public static void main(String[] args) throws Exception {
        RewriteJdk jdk = new RewriteJdk();
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        System.out.println("| module " + CorpusCount.HEAD);
        try (Stream<Path> each = Files.list(modules)) {
            for (Path module : each.sorted().toList()) {
                jdk.rewrite(module, Path.of(args[0], module.getFileName().toString()));
            }
        }
        for (String name : jdk.hooks) {
            Class<?> original = load(name.replace('/', '.'));
            write(Path.of(args[0], "java.base", nothing(name) + ".class"), classFile(original));
        }
        System.out.println("| all " + jdk.all);
    }

    /** Without its initializer, which wants what the agent opens to the hooks. */
    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, RewriteJdk.class.getClassLoader());
    }

    private void rewrite(Path module, Path target) throws IOException {
        CorpusCount count = new CorpusCount();
        try (Stream<Path> files = Files.walk(module)) {
            for (Path file : files.filter(RewriteJdk::isClass).sorted().toList()) {
                byte[] original = Files.readAllBytes(file);
                PackagedRewriter.Rewritten result = rewriter.rewrite(original);
                count.add(original, result);
                if (result != null) {
                    byte[] changed = rewriter.redirect(result.classFile(), this::use);
                    write(target.resolve(module.relativize(file).toString()), changed);
                }
            }
        }
        all.add(count);
        System.out.println("| " + module.getFileName() + " " + count);
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
    }

    private String use(String name) {
        hooks.add(name);
        return nothing(name);
    }

    /** Hooks of the name that do nothing. */
    private static String nothing(String name) {
        return "java/lang/$Nothing" + name.substring(name.lastIndexOf('/') + 1);
    }

    private static byte[] classFile(Class<?> hooks) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String name = nothing(Type.getInternalName(hooks));
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        for (Method hook : hooks.getDeclaredMethods()) {
            String descriptor = Type.getMethodDescriptor(hook);
            if (Modifier.isPublic(hook.getModifiers()) && !descriptor.contains("org/jkasan")) {
                doNothing(writer, hook.getName(), descriptor);
            }
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void doNothing(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        Type result = Type.getReturnType(descriptor);
        switch (result.getSort()) {
            case Type.VOID -> {}
            case Type.LONG -> method.visitInsn(Opcodes.LCONST_0);
            case Type.BOOLEAN, Type.INT -> method.visitInsn(Opcodes.ICONST_0);
            default -> method.visitInsn(Opcodes.ACONST_NULL);
        }
        method.visitInsn(result.getOpcode(Opcodes.IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
