package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jkasan.mm.Architecture;
import org.junit.jupiter.api.Test;

class KconfigTest {

    private final Kconfig config = Kconfig.defaults();

    @Test
    void defaults_areARealMachines() {
        assertThat(config.mem()).isEqualTo(4L << 30);
        assertThat(config.cpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.vmallocSize()).isEqualTo(32L << 40);
    }

    @Test
    void withers_changeOneValue() {
        assertThat(
                        config.withMem(1 << 20)
                                .withCpus(3)
                                .withVmallocSize(1 << 15)
                                .withHugeVmalloc(false)
                                .withSlubRcuDebug(false))
                .isEqualTo(
                        new Kconfig(
                                Architecture.X86_64,
                                1 << 20,
                                3,
                                1 << 15,
                                KasanVmalloc.BY_OPTION,
                                false,
                                false));
        assertThat(config.withKasanVmalloc(KasanVmalloc.OFF).kasanVmalloc())
                .isEqualTo(KasanVmalloc.OFF);
    }

    @Test
    void otherArchitecture_hasItsVmallocSpaceAsFarAsAHostCan() {
        Kconfig five = config.withArchitecture(Architecture.X86_64_LA57);
        assertThat(five.vmallocSize()).isEqualTo(32L << 40);
        assertThat(five.withVmallocSize(12800L << 40).vmallocSize()).isEqualTo(12800L << 40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> five.withVmallocSize((12800L << 40) + 32768));
        assertThat(config.withArchitecture(Architecture.ARM64).vmallocSize()).isEqualTo(32L << 40);
    }

    @Test
    void impossibleValues_areRefusedInASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.withMem(5000))
                .withMessage("mem=5000 is not a positive multiple of 4096 bytes.");
        assertThatIllegalArgumentException().isThrownBy(() -> config.withMem(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.withCpus(0))
                .withMessage("cpus=0 is not a positive number.");
        assertThatIllegalArgumentException().isThrownBy(() -> config.withVmallocSize(4096));
        assertThatIllegalArgumentException().isThrownBy(() -> config.withVmallocSize(-32768));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.withVmallocSize((32L << 40) + 32768))
                .withMessageEndingWith("up to the 35184372088832 of X86_64.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.withMem((64L << 40) + 4096))
                .withMessageEndingWith("the direct map of X86_64 holds, 70368744177664 bytes.");
    }
}
