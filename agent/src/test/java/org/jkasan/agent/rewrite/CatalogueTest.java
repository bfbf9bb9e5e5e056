package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.check.AddressSpace;
import org.jkasan.mm.Atomics;
import org.jkasan.mm.Atomics64;
import org.jkasan.mm.Bitops;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Strings;
import org.jkasan.mm.UserMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Type;

class CatalogueTest {

    /** Methods with such names that touch no memory of the object itself. */
    /** What the checks themselves ask of an address space: no access. */
    private static final List<String> HARMLESS =
            Stream.of(AddressSpace.class.getMethods()).map(Method::getName).toList();

    @Test
    void rows_areMethodsThatExist() throws ClassNotFoundException {
        for (InterceptedCall row : Catalogue.rows()) {
            Class<?> owner = Class.forName(row.owner().replace('/', '.'));
            assertThat(owner.getMethods())
                    .as("%s.%s%s", row.owner(), row.name(), row.parameters())
                    .anyMatch(
                            method ->
                                    method.getName().equals(row.name())
                                            && parameters(method).equals(row.parameters())
                                            && isStatic(method) == row.isStatic());
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ByteBuffer.class,
                CharBuffer.class,
                ShortBuffer.class,
                IntBuffer.class,
                LongBuffer.class,
                FloatBuffer.class,
                DoubleBuffer.class
            })
    void buffers_haveRowsForEveryGetAndPut(Class<?> buffer) {
        assertThat(
                        missing(
                                buffer.getDeclaredMethods(),
                                "(get|put)(Char|Short|Int|Long|Float|Double)?"))
                .isEmpty();
    }

    @Test
    void mappedByteBuffer_hasRowsOfByteBuffer() {
        assertThat(Catalogue.find("java/nio/MappedByteBuffer", "getInt", "(I)I")).isNotNull();
        assertThat(Catalogue.find("java/nio/MappedByteBuffer", "put", "(IB)Ljava/nio/ByteBuffer;"))
                .isNotNull();
    }

    @Test
    void arrays_haveRowsForPrimitiveFillsAndCopies() {
        Method[] ofPrimitives =
                Arrays.stream(Arrays.class.getDeclaredMethods())
                        .filter(method -> !parameters(method).contains("Ljava/lang/"))
                        .toArray(Method[]::new);
        assertThat(missing(ofPrimitives, "fill|copyOf|copyOfRange")).isEmpty();
    }

    @Test
    void kernelMemory_hasRowsForEveryAccess() {
        assertThat(missing(KernelMemory.class.getDeclaredMethods(), ".*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Strings.class,
                Atomics.class,
                Atomics64.class,
                Bitops.class,
                UserMemory.class
            })
    void helpers_haveRowsForEveryAccess(Class<?> helper) {
        assertThat(missing(helper.getDeclaredMethods(), "(?!map$|unmap$|accessOk$|clearUser$).*"))
                .isEmpty();
    }

    @Test
    void rows_giveHooksWhatTheyTake() {
        for (InterceptedCall row : Catalogue.rows()) {
            for (Effect effect : row.effects()) {
                for (int i = 0; i < effect.operands().size(); i++) {
                    if (effect.operands().get(i) instanceof Operand.Argument argument) {
                        assertThat(kind(row.argument(argument.index())))
                                .as("%s.%s%s", row.owner(), row.name(), row.parameters())
                                .isEqualTo(kind(effect.hook().parameter(i)));
                    }
                }
            }
        }
    }

    private static int kind(Type type) {
        return type.getSort() == Type.ARRAY ? Type.OBJECT : type.getSort();
    }

    private static List<String> missing(Method[] methods, String names) {
        return Stream.of(methods)
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                .filter(method -> method.getName().matches(names))
                .filter(method -> !HARMLESS.contains(method.getName()))
                .filter(
                        method ->
                                Catalogue.find(
                                                Type.getInternalName(method.getDeclaringClass()),
                                                method.getName(),
                                                Type.getMethodDescriptor(method))
                                        == null)
                .map(Method::toString)
                .toList();
    }

    private static String parameters(Method method) {
        String descriptor = Type.getMethodDescriptor(method);
        return descriptor.substring(0, descriptor.indexOf(')') + 1);
    }

    private static boolean isStatic(Method method) {
        return Modifier.isStatic(method.getModifiers());
    }
}
