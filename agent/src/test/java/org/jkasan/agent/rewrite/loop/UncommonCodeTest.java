package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;

class UncommonCodeTest {

    @Test
    void names_everyLoaderFinds() throws ClassNotFoundException {
        assertThat(UncommonCode.names()).hasSize(32).doesNotHaveDuplicates();
        for (String name : UncommonCode.names()) {
            Class<?> known = Class.forName(name.replace('/', '.'), false, null);
            assertThat(Modifier.isPublic(known.getModifiers())).isTrue();
            assertThat(known.getModule().isExported(known.getPackageName())).isTrue();
        }
    }

    @Test
    void marks_ofOneClass_differ() {
        UncommonCode uncommon = new UncommonCode(Opcodes.V17, "a/B");
        assertThat(mark(uncommon)).isNotEqualTo(mark(uncommon));
    }

    @Test
    void marks_ofFurtherClasses_beginElsewhere() {
        assertThat(mark(new UncommonCode(Opcodes.V17, "a/B")))
                .isNotEqualTo(mark(new UncommonCode(Opcodes.V17, "a/C")));
    }

    @Test
    void classFiles_thatKnowNoSuchConstants_haveNone() {
        InsnList code = new InsnList();
        new UncommonCode(Opcodes.V1_4, "a/B").begin(code);
        assertThat(code.size()).isZero();
    }

    private static Type mark(UncommonCode uncommon) {
        InsnList code = new InsnList();
        uncommon.begin(code);
        return (Type) ((LdcInsnNode) code.getFirst()).cst;
    }
}
