package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class CompressedFramesTest {

    private static final Path CLASSES =
            FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base/java");

    private int frames;

    @Test
    void framesOfTheJdk_compressed_areReadAsTheyWere() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(CLASSES)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            ClassReader reader = new ClassReader(Files.readAllBytes(file));
            byte[] expected = written(reader, false);
            byte[] compressed = written(reader, true);
            // ASM takes two bytes more for one length of the way to a frame; as it reads them, they
            // are the same
            assertThat(compressed).as(file.toString()).hasSizeLessThanOrEqualTo(expected.length);
            assertThat(Arrays.equals(written(new ClassReader(compressed), false), expected))
                    .as(file.toString())
                    .isTrue();
        }
        assertThat(frames).isGreaterThan(10_000);
    }

    /**
     * The class, written anew from expanded frames; compressed is who compresses them: we, or ASM.
     */
    private byte[] written(ClassReader reader, boolean compressed) {
        ClassWriter writer = new ClassWriter(0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        MethodVisitor method =
                                super.visitMethod(access, name, descriptor, signature, exceptions);
                        String owner = reader.getClassName();
                        return counting(
                                compressed
                                        ? new CompressedFrames(
                                                method, owner, access, name, descriptor)
                                        : method);
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    private MethodVisitor counting(MethodVisitor method) {
        return new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitFrame(
                    int type, int numLocal, Object[] local, int numStack, Object[] stack) {
                frames++;
                super.visitFrame(type, numLocal, local, numStack, stack);
            }
        };
    }
}
