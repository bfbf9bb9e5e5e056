package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.KernelOops;
import org.jkasan.mm.Nofault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NofaultTest {

    private static final int PAGE = 4096;

    private final TestKernel machine = TestKernel.withKasan();
    private final KernelMemory memory = machine.memory();
    private final Nofault nofault = machine.kernel.nofault();
    private final long area = machine.kernel.vmalloc().vzalloc(PAGE);
    private final long object = machine.kernel.kmalloc().kzalloc(64);

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void copies_areOfAnySize() {
        for (int n = 0; n <= 24; n++) {
            memory.memset(object, n + 1, 32);
            memory.memset(area, 0, 32);
            assertThat(nofault.copyToKernel(area + 3, object, n)).isZero();
            assertThat(memory.memchr(area + 3, 0, n)).isZero();
            assertThat(memory.loadByte(area + 3 + n)).isZero();
            assertThat(nofault.copyFromKernel(object + 1, area, n)).isZero();
            assertThat(memory.memcmp(object + 1, area, n)).isZero();
            assertThat(memory.loadByte(object + 1 + n)).isEqualTo((byte) (n + 1));
        }
    }

    @Test
    void unmappedPage_isAFailureAfterWhatLiesBefore() {
        memory.storeLong(object, -1);
        assertThat(nofault.copyToKernel(area + PAGE - 8, object, 16)).isEqualTo(Nofault.FAULT);
        assertThat(memory.loadLong(area + PAGE - 8)).isEqualTo(-1);
        assertThat(nofault.copyToKernel(area + PAGE - 4, object, 8)).isEqualTo(Nofault.FAULT);
        assertThat(nofault.copyFromKernel(object + 8, area + PAGE - 8, 16))
                .isEqualTo(Nofault.FAULT);
        assertThat(memory.loadLong(object + 8)).isEqualTo(-1);
        assertThat(memory.loadLong(object + 16)).isZero();
        assertThat(nofault.copyToKernel(0, object, 8)).isEqualTo(Nofault.FAULT);
    }

    @Test
    void sourceThatIsNoKernelAddress_isRefused() {
        for (long wild : new long[] {0, 0x7f0000000000L, 0xdead000000000000L}) {
            assertThat(nofault.copyFromKernel(object, wild, 8)).isEqualTo(Nofault.RANGE);
        }
    }

    @Test
    void ownSideThatIsNotMapped_isAnOops() {
        assertThatThrownBy(() -> nofault.copyFromKernel(area + PAGE, object, 8))
                .isInstanceOf(KernelOops.class);
        assertThatThrownBy(() -> nofault.copyToKernel(object, area + PAGE, 8))
                .isInstanceOf(KernelOops.class);
        assertThat(machine.reports()).isEmpty();
    }
}
