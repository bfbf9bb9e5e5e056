package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jkasan.agent.rewrite.ClassRewriter;
import org.jkasan.check.BufferHooks;
import org.jkasan.check.Hooks;
import org.jkasan.check.KernelHooks;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class HookRedirectTest {

    private static final String HOOKS = "org/jkasan/check/Hooks";

    private static final String FORWARDER = "forwarders/Hooks";

    /** The calls go elsewhere; a text of the program that reads as the hooks' name stays. */
    @Test
    void redirect_changesTheOwnerOfTheCallsAlone() {
        byte[] rewritten = rewritten();

        byte[] redirected = HookRedirect.redirect(rewritten, hooks -> FORWARDER);

        assertThat(calls(rewritten)).contains(HOOKS + ".load4");
        assertThat(calls(redirected))
                .isEqualTo(
                        calls(rewritten).stream()
                                .map(call -> call.replace(HOOKS + ".", FORWARDER + "."))
                                .toList())
                .contains(FORWARDER + ".load4", "text " + HOOKS);
    }

    @Test
    void redirect_withTheForwarder_linksAndRuns() throws ReflectiveOperationException {
        byte[] redirected = HookRedirect.redirect(rewritten(), hooks -> FORWARDER);
        Loader loader =
                new Loader(
                        Map.of(
                                "a.Reading",
                                redirected,
                                "forwarders.Hooks",
                                HookForwarders.classFile(FORWARDER, Hooks.class)));

        Object read =
                loader.loadClass("a.Reading")
                        .getMethod("read", int[].class)
                        .invoke(null, (Object) new int[] {7});

        assertThat(read).isEqualTo(7);
    }

    /** Every hook for types of the JDK, and none with the runtime's. */
    @Test
    void forwarder_hasTheHooksThatAnyLoaderCanCall() throws ReflectiveOperationException {
        assertThat(forwarded(Hooks.class))
                .contains("handle1", "load1", "store8", "copy", "writeRange")
                .doesNotContain("callSite", "workFor");
        assertThat(forwarded(BufferHooks.class))
                .contains("bufferLoad", "bufferStore", "bufferGet", "bufferPut")
                .doesNotContain("workFor");
        assertThat(forwarded(KernelHooks.class)).isEmpty();
    }

    /** The names of a forwarder's methods. */
    private static List<String> forwarded(Class<?> hooks) throws ReflectiveOperationException {
        Class<?> forwarder =
                new Loader(Map.of("forwarders.Hooks", HookForwarders.classFile(FORWARDER, hooks)))
                        .loadClass("forwarders.Hooks");

        List<String> names = new ArrayList<>();
        for (Method method : forwarder.getDeclaredMethods()) {
            names.add(method.getName());
            assertThat(Arrays.toString(method.getParameterTypes())).doesNotContain("jkasan");
        }
        return names;
    }

    private static byte[] rewritten() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "a/Reading", null, "java/lang/Object", null);
        MethodVisitor method =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "read", "([I)I", null, null);
        method.visitCode();
        method.visitLdcInsn(HOOKS);
        method.visitInsn(Opcodes.POP);
        method.visitLdcInsn(5_000_000_000L); // takes two entries of the constant pool
        method.visitInsn(Opcodes.POP2);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitInsn(Opcodes.IALOAD);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return new ClassRewriter().rewrite(writer.toByteArray()).orElseThrow().classFile();
    }

    /** The methods that are called and the texts that are loaded. */
    private static List<String> calls(byte[] classFile) {
        List<String> calls = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String type,
                                    String generic,
                                    String[] t) {
                                return new Recorder(calls);
                            }
                        },
                        0);
        return calls;
    }

    private static final class Recorder extends MethodVisitor {

        private final List<String> calls;

        Recorder(List<String> calls) {
            super(Opcodes.ASM9);
            this.calls = calls;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean i) {
            calls.add(owner + "." + name);
        }

        @Override
        public void visitLdcInsn(Object value) {
            calls.add("text " + value);
        }
    }

    private static final class Loader extends ClassLoader {

        private final Map<String, byte[]> classFiles;

        Loader(Map<String, byte[]> classFiles) {
            super(HookRedirectTest.class.getClassLoader());
            this.classFiles = classFiles;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] classFile = classFiles.get(name);
            if (classFile == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, classFile, 0, classFile.length);
        }
    }
}
