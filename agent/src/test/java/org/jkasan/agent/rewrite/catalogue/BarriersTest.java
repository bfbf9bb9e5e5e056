package org.jkasan.agent.rewrite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

class BarriersTest {

    @ParameterizedTest
    @CsvSource({
        "java/lang/StringBuilder, append, (I)Ljava/lang/StringBuilder;",
        "java/lang/StringBuilder, append, (Ljava/lang/String;)Ljava/lang/StringBuilder;",
        "java/lang/StringBuilder, append, ([CII)Ljava/lang/StringBuilder;",
        "java/lang/StringBuilder, length, ()I",
        "java/lang/String, equals, (Ljava/lang/Object;)Z",
        "java/lang/String, indexOf, (Ljava/lang/String;I)I"
    })
    void text_ofPrimitivesAndStrings_isNoBarrier(String owner, String name, String descriptor) {
        assertThat(isBarrier(owner, name, descriptor)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "java/lang/StringBuilder, append, (Ljava/lang/Object;)Ljava/lang/StringBuilder;",
        "java/lang/StringBuilder, append, (Ljava/lang/CharSequence;)Ljava/lang/StringBuilder;",
        "java/lang/StringBuffer, append, (I)Ljava/lang/StringBuffer;",
        "java/lang/String, contentEquals, (Ljava/lang/CharSequence;)Z",
        "java/lang/String, getBytes, (Ljava/lang/String;)[B",
        "a/B, length, ()I"
    })
    void calls_thatMayRunCodeOrWait_areBarriers(String owner, String name, String descriptor) {
        assertThat(isBarrier(owner, name, descriptor)).isTrue();
    }

    private static boolean isBarrier(String owner, String name, String descriptor) {
        return Barriers.isBarrier(
                new MethodInsnNode(Opcodes.INVOKEVIRTUAL, owner, name, descriptor, false));
    }
}
