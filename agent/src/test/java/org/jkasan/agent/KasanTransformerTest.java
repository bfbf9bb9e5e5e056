package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.check.ClassCounters;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.ClassFilter;
import org.jkasan.config.KasanConfig;
import org.jkasan.host.jna.JnaHostMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class KasanTransformerTest {

    private static final ClassLoader APPLICATION =
            new ClassLoader(KasanTransformerTest.class.getClassLoader()) {};
    private static final Sanitizer SANITIZER =
            new Sanitizer(KasanConfig.defaults(), new JnaHostMemory(), text -> {});

    @TempDir Path directory;

    private final List<String> log = new ArrayList<>();
    private final ClassCounters counters = SANITIZER.classes();
    private final LoadedClasses loaded = new LoadedClasses(null);

    @Test
    void transform_classWithAccesses_isCountedAndDumped() throws IOException {
        byte[] original = bytesOf(Summing.class);
        long before = counters.instrumented();

        byte[] rewritten = transform(transformer(), "a/Summing", null, original);

        assertThat(rewritten).isNotNull().isNotEqualTo(original);
        assertThat(counters.instrumented()).isEqualTo(before + 1);
        assertThat(directory.resolve("a/Summing.class")).hasBinaryContent(rewritten);
        assertThat(directory.resolve("a/Summing.original")).hasBinaryContent(original);
        assertThat(log).isEmpty();
    }

    @Test
    void transform_classWithoutAccesses_keepsItsBytes() throws IOException {
        long before = counters.instrumented();

        assertThat(transform(transformer(), "a/Empty", null, bytesOf(Empty.class))).isNull();

        assertThat(counters.instrumented()).isEqualTo(before);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void transform_outOfScope_isNotEvenRead() {
        assertThat(transformer().transform(null, null, "a/B", null, null, new byte[3])).isNull();
        assertThat(log).isEmpty();
    }

    @Test
    void transform_classDefinedWithoutAName_hasTheOneOfItsFile() {
        assertThat(transform(transformer(), null, null, classNamed("a/Nameless"))).isNotNull();

        assertThat(directory.resolve("a/Nameless.class")).exists();
    }

    @Test
    void transform_garbageWithoutAName_isLeftToTheJvm() {
        assertThat(transform(transformer(), null, null, new byte[] {1, 2, 3})).isNull();
        assertThat(transform(transformer(), null, null, classNamed("../a/Outside"))).isNull();
        assertThat(transform(transformer(), null, null, classNamed("/a/Outside"))).isNull();

        assertThat(directory).isEmptyDirectory();
        assertThat(log).isEmpty();
    }

    private static byte[] classNamed(String name) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        addReads(writer, "reads", 1);
        writer.visitEnd();
        return writer.toByteArray();
    }

    @Test
    void transform_garbage_isNamedOnceCountedAndDumped() {
        byte[] garbage = {1, 2, 3};
        long before = counters.failed();
        KasanTransformer transformer = transformer();

        assertThat(transform(transformer, "a/Garbage", null, garbage)).isNull();
        assertThat(transform(transformer, "a/Garbage", null, garbage)).isNull();

        assertThat(counters.failed()).isEqualTo(before + 1);
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("jkasan: cannot instrument a.Garbage");
        assertThat(directory.resolve("a/Garbage.failed")).hasBinaryContent(garbage);
    }

    @Test
    void transform_methodWithoutRoomForAnyCheck_isNamedAndCounted() {
        long before = counters.methodsUnchecked();

        transform(transformer(), "a/Large", null, classWithLargeMethod());

        assertThat(counters.methodsUnchecked()).isEqualTo(before + 1);
        assertThat(log)
                .containsExactly(
                        "jkasan: cannot check 1 method of a.Large: no room is left below the class"
                                + " file format's limits\n");
    }

    /** A small method with one access, and one of 65,533 bytes that does nothing else. */
    private static byte[] classWithLargeMethod() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "a/Large", null, "java/lang/Object", null);
        addReads(writer, "small", 1);
        addReads(writer, "large", 65_532 / 4);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void addReads(ClassWriter writer, String name, int reads) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, name, "([I)V", null, null);
        method.visitCode();
        for (int i = 0; i < reads; i++) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitInsn(Opcodes.ICONST_0);
            method.visitInsn(Opcodes.IALOAD);
            method.visitInsn(Opcodes.POP);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    @Test
    void transform_classesThatUseARuntimeOfTheirOwn_areNamedOnceAndCounted() {
        ClassLoader isolated = new ClassLoader(null) {};
        byte[] loading = classThatUsesTheRuntime();
        long before = counters.failed();
        KasanTransformer transformer = transformer();

        assertThat(transform(transformer, isolated, "a/Loading", null, loading)).isNull();
        assertThat(transform(transformer, isolated, "b/Loading", null, loading)).isNull();

        assertThat(counters.failed()).isEqualTo(before + 2);
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("jkasan: the class loader " + isolated.getClass().getName())
                .contains(" brings a runtime of JKASAN of its own, ");
        assertThat(directory.resolve("b/Loading.failed")).hasBinaryContent(loading);
    }

    /** Without the boot package, nobody has opened java.lang to this code. */
    @Test
    void transform_loaderForWhichNoForwarderCanBeDefined_isSaid() throws IOException {
        ClassLoader broken =
                new ClassLoader(null) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve) {
                        throw new IllegalStateException("closed");
                    }
                };

        assertThat(transform(transformer(), broken, "a/Summing", null, bytesOf(Summing.class)))
                .isNull();

        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("jkasan: cannot instrument a.Summing: Nothing can be put beside");
    }

    private static byte[] classThatUsesTheRuntime() {
        String memory = "org/jkasan/mm/KernelMemory";
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "a/Loading", null, "java/lang/Object", null);
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_STATIC, "load", "(L" + memory + ";J)B", null, null);
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.LLOAD, 1);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, memory, "loadByte", "(J)B", false);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return writer.toByteArray();
    }

    @Test
    void transform_ofALoadedClass_isCountedByWhoAskedForIt() throws IOException {
        long before = counters.instrumented();

        byte[] rewritten =
                transform(transformer(), "a/Summing", Summing.class, bytesOf(Summing.class));

        assertThat(rewritten).isNotNull();
        assertThat(counters.instrumented()).isEqualTo(before);
    }

    @Test
    void transform_dumpThatCannotBeWritten_isSaidOnce() throws IOException {
        Files.createFile(directory.resolve("a"));
        KasanTransformer transformer = transformer();

        assertThat(transform(transformer, "a/B", null, bytesOf(Summing.class))).isNotNull();
        assertThat(transform(transformer, "a/C", null, bytesOf(Summing.class))).isNotNull();

        assertThat(log).singleElement().asString().startsWith("jkasan: cannot dump a.B (");
    }

    private KasanTransformer transformer() {
        Scope scope = new Scope(new ClassFilter(List.of("*"), List.of()));
        return new KasanTransformer(
                scope,
                counters,
                loaded,
                null,
                new HookForwarders(),
                new OwnCompilation(null),
                new ClassDump(directory),
                log::add);
    }

    private static byte[] transform(
            KasanTransformer transformer, String name, Class<?> redefined, byte[] classFile) {
        return transform(transformer, APPLICATION, name, redefined, classFile);
    }

    private static byte[] transform(
            KasanTransformer transformer,
            ClassLoader loader,
            String name,
            Class<?> redefined,
            byte[] classFile) {
        return transformer.transform(
                loader.getUnnamedModule(), loader, name, redefined, null, classFile);
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }

    /** Has accesses to check. */
    static final class Summing {

        private Summing() {}

        static int sum(int[] numbers) {
            return numbers[0] + numbers[1];
        }
    }

    /** Has none. */
    static final class Empty {}
}
