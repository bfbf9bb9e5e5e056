package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Methods without accesses stay byte for byte, whatever else the class has. */
class CopiedMethodsTest {

    /** javac makes a constant of a class that is thrown, and another one where it is caught. */
    static class Target {

        private Target() {}

        static int accesses(int[] array) {
            return array[0];
        }

        static int throwsWhatIsCaught(String name) throws IOException {
            try {
                return open(name);
            } catch (IOException e) {
                return 0;
            }
        }

        @Deprecated
        static int open(String name) throws IOException, IllegalStateException {
            if (name.isEmpty()) {
                throw new FileNotFoundException(name);
            }
            return name.length();
        }

        static <T> T generic(T value) throws IOException {
            return value;
        }
    }

    @Test
    void methodsWithoutAccesses_areCopied() {
        byte[] original = Variant.classFile(Target.class);
        byte[] rewritten = new ClassRewriter().rewrite(original).orElseThrow().classFile();
        String all = new String(rewritten, StandardCharsets.ISO_8859_1);

        List<String> methods = methods(original);
        assertThat(methods).hasSize(5);
        assertThat(methods.stream().filter(all::contains)).hasSize(4);
    }

    @Test
    void exceptions_areKept() {
        byte[] original = Variant.classFile(Target.class);
        byte[] rewritten = new ClassRewriter().rewrite(original).orElseThrow().classFile();

        assertThat(exceptions(rewritten))
                .isEqualTo(exceptions(original))
                .contains(
                        "open [java/io/IOException, java/lang/IllegalStateException]",
                        "throwsWhatIsCaught [java/io/IOException]");
    }

    private static List<String> exceptions(byte[] classFile) {
        List<String> exceptions = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    String signature,
                                    String[] thrown) {
                                if (thrown != null) {
                                    exceptions.add(name + " " + List.of(thrown));
                                }
                                return null;
                            }
                        },
                        0);
        return exceptions;
    }

    /** The bytes of each method, as they stand in a class file. */
    private static List<String> methods(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        int interfaces = reader.header + 6;
        int offset = interfaces + 2 + 2 * reader.readUnsignedShort(interfaces);
        int fields = reader.readUnsignedShort(offset);
        offset += 2;
        for (int i = 0; i < fields; i++) {
            offset = after(reader, offset);
        }
        int count = reader.readUnsignedShort(offset);
        offset += 2;
        List<String> methods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int next = after(reader, offset);
            methods.add(new String(classFile, offset, next - offset, StandardCharsets.ISO_8859_1));
            offset = next;
        }
        return methods;
    }

    /** Where the next field or method begins. */
    private static int after(ClassReader reader, int member) {
        int offset = member + 8;
        for (int i = 0; i < reader.readUnsignedShort(member + 6); i++) {
            offset += 6 + reader.readInt(offset + 2);
        }
        return offset;
    }
}
