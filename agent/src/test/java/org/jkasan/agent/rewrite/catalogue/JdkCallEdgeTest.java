package org.jkasan.agent.rewrite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.agent.rewrite.ClassRewriter;
import org.jkasan.agent.rewrite.RewritingLoader;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.kernel.KasanVmalloc;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.Printk;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each access of {@link EdgeTarget} up to the last byte of an object, and one byte further: there
 * it is reported as what it is, whatever Java does then.
 */
class JdkCallEdgeTest {

    private static final int SIZE = 101;

    private static final Kernel KERNEL =
            Kernel.boot(
                    Kconfig.defaults()
                            .withMem(4 << 20)
                            .withCpus(1)
                            .withVmallocSize(1 << 20)
                            .withKasanVmalloc(KasanVmalloc.ON),
                    new Printk(line -> {}),
                    CallWorld.SANITIZER);

    private static final Method[] ACCESSES = accesses();

    private static Method[] accesses() {
        try {
            String name = EdgeTarget.class.getName();
            byte[] original = Variant.classFile(EdgeTarget.class);
            byte[] rewritten = new ClassRewriter().rewrite(original).orElseThrow().classFile();
            Class<?> target =
                    new RewritingLoader(JdkCallEdgeTest.class.getClassLoader())
                            .with(name, rewritten)
                            .loadClass(name);
            return Arrays.stream(target.getDeclaredMethods())
                    .filter(method -> method.getParameterCount() == 2)
                    .sorted(Comparator.comparing(Method::getName))
                    .toArray(Method[]::new);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void shutDown() {
        KERNEL.close();
    }

    /** Every access with all memory that it can be given. */
    static Stream<Arguments> edges() {
        byte[] array = KERNEL.vmalloc().vmallocBytes(SIZE);
        byte[] object = KERNEL.kmalloc().array(SIZE, byte[]::new);
        ByteBuffer buffer = KERNEL.vmalloc().vmallocBuffer(SIZE);
        List<Object> memories =
                List.of(array, object, buffer, ByteBuffer.wrap(array), ByteBuffer.wrap(object));
        return Arrays.stream(ACCESSES)
                .flatMap(
                        access ->
                                memories.stream()
                                        .filter(access.getParameterTypes()[0]::isInstance)
                                        .map(
                                                memory ->
                                                        arguments(
                                                                access.getName(), access, memory)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edges")
    void access(String name, Method access, Object memory) {
        int size = size(name);
        assertThat(found(access, memory, 0)).isEmpty();
        assertThat(found(access, memory, 1)).isEmpty();
        assertThat(found(access, memory, SIZE - size)).isEmpty();
    }

    @ParameterizedTest(name = "{0}_end")
    @MethodSource("edges")
    void access_end(String name, Method access, Object memory) {
        int size = size(name);
        int past = SIZE - size + 1;
        boolean refusedByTheBuffer = memory instanceof ByteBuffer heap && heap.hasArray();
        List<BadAccess> found = found(access, memory, past);
        if (refusedByTheBuffer) {
            assertThat(found).isEmpty();
            return;
        }
        boolean writes = name.matches(".*(To|[pP]ut|[sS]et).*");
        long start = host(memory) + past;
        assertThat(found)
                .singleElement()
                .satisfies(
                        bad -> {
                            assertThat(bad.kind())
                                    .isEqualTo(writes ? AccessKind.WRITE : AccessKind.READ);
                            assertThat(bad.size()).isEqualTo(size);
                            assertThat(bad.hostAddress()).isEqualTo(start);
                        });
    }

    private static long host(Object memory) {
        return memory instanceof ByteBuffer buffer
                ? KERNEL.memory().hostAddress(KERNEL.vmalloc().addressOf(buffer))
                : CallWorld.SANITIZER.arrays().handle(memory);
    }

    private static int size(String name) {
        return Integer.parseInt(name.replaceAll(".*?(\\d+)$", "$1"));
    }

    private static List<BadAccess> found(Method access, Object memory, int index) {
        return CallWorld.SANITIZER.reporter().collect(() -> Variant.outcome(access, memory, index));
    }
}
