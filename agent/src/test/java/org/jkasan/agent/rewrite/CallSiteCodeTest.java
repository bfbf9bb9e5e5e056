package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.agent.rewrite.hook.CallSiteNumbers;
import org.jkasan.agent.rewrite.hook.CallerMethods;
import org.jkasan.mm.Vmalloc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

class CallSiteCodeTest {

    private static final String TARGET = CallSiteTarget.class.getName();

    private static final Path SOURCE =
            Path.of("src/test/java/org/jkasan/agent/rewrite/CallSiteTarget.java");

    private final List<StackTraceElement> places = new ArrayList<>();
    private final byte[] original = Variant.classFile(CallSiteTarget.class);
    private int first = 1;

    private int number(String className, String method, String file, int line) {
        places.add(new StackTraceElement(className, method, file, line));
        return first + places.size() - 1;
    }

    private RewrittenClass rewritten() {
        return new ClassRewriter(this::number).rewrite(original).orElseThrow();
    }

    /** The calls of vmalloc's methods that take a call site, or of those that do not. */
    private static List<String> calls(byte[] classFile, boolean told) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        List<String> calls = new ArrayList<>();
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode each : method.instructions) {
                if (each instanceof MethodInsnNode call
                        && call.owner.equals("org/jkasan/mm/Vmalloc")
                        && call.desc.contains(CallerMethods.CALL_SITE) == told) {
                    calls.add(call.name);
                }
            }
        }
        return calls;
    }

    @Test
    void calls_areToldTheirPlaces() throws IOException {
        byte[] result = rewritten().classFile();

        assertThat(calls(result, true))
                .containsExactlyInAnyOrder(
                        "vmalloc", "vmallocBytes", "vmalloc", "vfree", "vzalloc");
        assertThat(calls(result, false)).containsExactly("purge");
        assertThat(places)
                .containsExactlyInAnyOrder(
                        place("allocate", 1),
                        place("both", 2),
                        place("both", 3),
                        place("both", 4),
                        place("lambda$lambda$0", 5));
    }

    private static StackTraceElement place(String method, int call) throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        int line = 0;
        while (!lines.get(line).endsWith("// call " + call)) {
            line++;
        }
        return new StackTraceElement(TARGET, method, "CallSiteTarget.java", line + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Short.MAX_VALUE - 2, 1 << 20})
    void rewritten_isVerifiedAndCallsTheHookWithItsNumber(int number) throws Exception {
        first = number;
        RewritingLoader loader = new RewritingLoader(CallSiteTarget.class.getClassLoader());
        loader.with(TARGET, Variant.recording(rewritten().classFile()));
        Method allocate =
                loader.loadClass(TARGET).getDeclaredMethod("allocate", Vmalloc.class, long.class);
        allocate.setAccessible(true);
        RecordingHooks.reset();

        assertThatThrownBy(() -> allocate.invoke(null, null, 1L))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(NullPointerException.class)
                .satisfies(
                        thrown ->
                                assertThat(thrown.getStackTrace()[0].getMethodName())
                                        .isEqualTo("allocate"));

        int index = places.indexOf(place("allocate", 1));
        assertThat(RecordingHooks.events()).containsExactly("callSite " + (number + index));
    }

    @Test
    void rewritten_countsNoCallAsACheck() {
        assertThat(rewritten().checks())
                .isEqualTo(new ClassRewriter().rewrite(original).orElseThrow().checks());
    }

    @Test
    void withoutANumber_callsStayAsTheyAre() {
        byte[] result =
                new ClassRewriter((className, method, file, line) -> CallSiteNumbers.NONE)
                        .rewrite(original)
                        .orElseThrow()
                        .classFile();
        assertThat(calls(result, true)).isEmpty();
        assertThat(calls(result, false)).hasSize(6);
    }

    @Test
    void withoutAnyoneWhoNumbers_methodsThatOnlyCallAreNotLookedAt() {
        ClassReader reader = new ClassReader(original);
        assertThat(new AccessScan(original, reader, true).forms(CheckForm.HANDLES))
                .contains(CheckForm.CALLS);
        assertThat(new AccessScan(original, reader, false).forms(CheckForm.HANDLES))
                .doesNotContain(CheckForm.CALLS);
    }
}
