package org.jkasan.agent.rewrite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Executable;
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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkasan.check.AddressSpace;
import org.jkasan.mm.Atomics;
import org.jkasan.mm.Atomics64;
import org.jkasan.mm.Bitops;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Nofault;
import org.jkasan.mm.Strings;
import org.jkasan.mm.UserMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Type;

class CatalogueTest {

    /** What the checks themselves ask of an address space: no access. */
    private static final List<String> HARMLESS =
            Stream.of(AddressSpace.class.getMethods()).map(Method::getName).toList();

    /** The rows whose methods the running JDK has. */
    static List<InterceptedCall> rowsOfThisJdk() {
        return Catalogue.rows().stream()
                .filter(row -> row.since() <= Runtime.version().feature())
                .toList();
    }

    static Class<?> owner(String internalName) throws ClassNotFoundException {
        return Class.forName(internalName.replace('/', '.'));
    }

    /** The methods of a class that a row could mean, those first that are no bridges. */
    static Stream<? extends Executable> methods(Class<?> owner, InterceptedCall row) {
        if (row.name().equals("<init>")) {
            return Stream.of(owner.getConstructors())
                    .filter(each -> parameters(each).equals(row.parameters()));
        }
        boolean isStatic = row.kind() == InterceptedCall.Kind.FUNCTION;
        return Stream.of(owner.getMethods())
                .filter(method -> method.getName().equals(row.name()))
                .filter(method -> parameters(method).equals(row.parameters()))
                .filter(method -> Modifier.isStatic(method.getModifiers()) == isStatic)
                .sorted(Comparator.comparing(Method::isBridge));
    }

    @Test
    void rows_areMethodsThatExist() throws ClassNotFoundException {
        for (InterceptedCall row : rowsOfThisJdk()) {
            Class<?> owner = owner(row.owner());
            boolean exists =
                    switch (row.kind()) {
                        case POLYMORPHIC ->
                                Stream.of(owner.getMethods())
                                        .anyMatch(method -> method.getName().equals(row.name()));
                        default ->
                                owner.isArray()
                                        ? row.name().equals("clone")
                                        : methods(owner, row).findAny().isPresent();
                    };
            assertThat(exists).as("%s.%s%s", row.owner(), row.name(), row.parameters()).isTrue();
        }
    }

    @Test
    void rows_areFoundByEveryOwner() throws ClassNotFoundException {
        for (InterceptedCall row : rowsOfThisJdk()) {
            for (String subtype : row.subtypes()) {
                assertThat(owner(row.owner())).isAssignableFrom(owner(subtype));
                String end = row.kind() == InterceptedCall.Kind.POLYMORPHIC ? "I)V" : "V";
                assertThat(Catalogue.find(subtype, row.name(), row.parameters() + end))
                        .as("%s.%s%s", subtype, row.name(), row.parameters())
                        .isSameAs(row);
            }
        }
    }

    @Test
    void rows_areOneForEachMethod() {
        assertThat(
                        Catalogue.rows().stream()
                                .flatMap(
                                        row ->
                                                Stream.concat(
                                                                Stream.of(row.owner()),
                                                                row.subtypes().stream())
                                                        .map(
                                                                owner ->
                                                                        owner
                                                                                + row.name()
                                                                                + row
                                                                                        .parameters())))
                .doesNotHaveDuplicates();
    }

    @Test
    void varHandles_haveRowsForEveryModeAndIndex() {
        String owner = "java/lang/invoke/VarHandle";
        for (VarHandle.AccessMode mode : VarHandle.AccessMode.values()) {
            assertThat(Catalogue.find(owner, mode.methodName(), "([BI)J")).isNotNull();
            assertThat(Catalogue.find(owner, mode.methodName(), "([JSJ)V")).isNotNull();
            assertThat(Catalogue.find(owner, mode.methodName(), "(Ljava/nio/ByteBuffer;CI)Z"))
                    .isNotNull();
        }
        assertThat(Catalogue.find(owner, "get", "()I")).isNull();
        assertThat(Catalogue.find(owner, "get", "([B)I")).isNull();
        assertThat(Catalogue.find(owner, "get", "([BJ)I")).isNull();
        assertThat(Catalogue.find(owner, "get", "([Ljava/lang/String;I)I")).isNull();
        assertThat(Catalogue.find(owner, "accessModeType", "([BI)I")).isNull();
    }

    @Test
    void calls_thatStayInTheJdk_areNoBarriers() {
        assertThat(Catalogue.find("java/nio/ByteBuffer", "get", "(I)B").isBarrier()).isFalse();
        assertThat(Catalogue.find("java/util/Arrays", "fill", "([BB)V").isBarrier()).isFalse();
        assertThat(Catalogue.find("java/io/InputStream", "read", "([B)I").isBarrier()).isTrue();
        assertThat(Catalogue.find("java/util/zip/CRC32", "update", "([B)V").isBarrier()).isTrue();
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
                                "(get|put)(Char|Short|Int|Long|Float|Double)?"
                                        + "|compact|equals|compareTo|mismatch|hashCode"))
                .isEmpty();
    }

    @Test
    void mappedByteBuffer_hasRowsOfByteBuffer() {
        assertThat(Catalogue.find("java/nio/MappedByteBuffer", "getInt", "(I)I")).isNotNull();
        assertThat(Catalogue.find("java/nio/MappedByteBuffer", "put", "(IB)Ljava/nio/ByteBuffer;"))
                .isNotNull();
    }

    @Test
    void arrays_haveRowsForEverythingOfPrimitives() {
        Method[] ofPrimitives =
                Arrays.stream(Arrays.class.getDeclaredMethods())
                        .filter(method -> !parameters(method).contains("Ljava/lang/"))
                        .toArray(Method[]::new);
        assertThat(missing(ofPrimitives, "(?!stream|spliterator|parallelPrefix|asList).*"))
                .isEmpty();
    }

    @Test
    void kernelMemory_hasRowsForEveryAccess() {
        assertThat(missing(KernelMemory.class.getDeclaredMethods(), "(?!none$).*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Strings.class,
                Atomics.class,
                Atomics64.class,
                Bitops.class,
                UserMemory.class,
                Nofault.class
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
                    if (row.kind() != InterceptedCall.Kind.POLYMORPHIC
                            && effect.operands().get(i) instanceof Operand.Argument argument) {
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

    private static String parameters(Executable method) {
        return Stream.of(method.getParameterTypes())
                .map(Type::getDescriptor)
                .collect(Collectors.joining("", "(", ")"));
    }
}
