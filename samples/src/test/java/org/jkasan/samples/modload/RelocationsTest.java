package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelocationsTest {

    private final TestKernel kernel = new TestKernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void apply_sharedObject(boolean arm) throws BadModuleException {
        Steps steps = new Steps(kernel, arm ? SmallElf.sharedAarch64() : SmallElf.shared());
        assertThat(steps.relocate()).hasSize(1).first().returns(3, RelocationCounts::applied);
        long base = steps.module.base();
        assertThat(steps.word(SmallElf.DATA, 0)).isEqualTo(base + 0x400);
        assertThat(steps.word(SmallElf.DATA, 8)).isEqualTo(base + 0x488 + 4);
        assertThat(steps.word(SmallElf.DATA, 16)).as("imported").isZero();
        assertThat(steps.word(SmallElf.DATA, 24)).isEqualTo(base + 0x404);
        assertThat(steps.word(SmallElf.DATA, 32)).as("thread-local").isZero();
        assertThat(steps.word(SmallElf.DATA, 40)).as("unknown type").isEqualTo(0x77);
    }

    @Test
    void apply_objectFile() throws BadModuleException {
        Steps steps = new Steps(kernel, SmallElf.object());
        steps.relocate();
        long base = steps.module.base();
        assertThat(steps.half(SmallElf.OBJECT_TEXT, 4)).isEqualTo(64 + 16 - 4 - 4);
        assertThat(steps.half(SmallElf.OBJECT_TEXT, 8)).as("imported").isZero();
        assertThat(steps.half(SmallElf.OBJECT_TEXT, 12)).isEqualTo(-4 - 12);
        assertThat(steps.word(SmallElf.OBJECT_DATA, 0)).isEqualTo(base + 2);
        assertThat(steps.word(SmallElf.OBJECT_DATA, 8)).as("common").isZero();
        assertThat(steps.word(SmallElf.OBJECT_DATA, 16)).isZero();
    }

    @Test
    void apply_tooFarFor32Bits() throws BadModuleException {
        byte[] file = SmallElf.object();
        ByteBuffer view = SmallElf.view(file);
        view.putLong(SmallElf.sectionOffset(file, SmallElf.OBJECT_RELA_TEXT) + 16, 1L << 31);
        Steps steps = new Steps(kernel, file);
        assertThatThrownBy(steps::relocate)
                .hasMessage(
                        "relocation 0 of section 2 (.rela.text) overflows the 32 bits of"
                                + " R_X86_64_PC32");
    }

    @Test
    void rowOf_anyNumber() {
        for (Machine machine : Machine.values()) {
            RelocationTypes types = RelocationTypes.of(machine);
            int other = types.rows() - 1;
            for (int code : new int[] {-1, Integer.MIN_VALUE, 2048, 99, Integer.MAX_VALUE}) {
                assertThat(types.rowOf(code)).isEqualTo(other);
            }
            assertThat(types.row(types.rowOf(types.relative())).rule())
                    .isEqualTo(RelocationRule.RELATIVE);
            for (int row = 0; row < other; row++) {
                assertThat(types.rowOf(types.row(row).code())).isEqualTo(row);
            }
        }
    }
}
