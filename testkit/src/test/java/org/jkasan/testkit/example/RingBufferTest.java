package org.jkasan.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.samples.ring.Header;
import org.jkasan.samples.ring.RingBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The unit test that one writes; it passes with the bug as without. */
class RingBufferTest {

    private final Kernel kernel =
            Kernel.boot(Kconfig.defaults().withMem(16 << 20).withVmallocSize(16 << 20));

    @AfterEach
    void closeKernel() {
        kernel.close();
    }

    @ParameterizedTest
    @EnumSource
    void records_comeOutAsTheyWentIn(Header header) {
        try (RingBuffer ring = new RingBuffer(kernel, 64, header)) {
            assertThat(ring.read()).isNull();
            for (int i = 0; i < 200; i++) {
                assertThat(ring.write(new byte[] {(byte) i, 1, 2, 3})).isTrue();
                assertThat(ring.write(new byte[] {(byte) i, 4})).isTrue();
                assertThat(ring.read()).containsExactly(i, 1, 2, 3);
                assertThat(ring.read()).containsExactly(i, 4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void fullRing_takesNoMore(Header header) {
        try (RingBuffer ring = new RingBuffer(kernel, 64, header)) {
            assertThat(ring.write(new byte[62])).isTrue();
            assertThat(ring.write(new byte[0])).isFalse();
            assertThat(ring.read()).hasSize(62);
            assertThat(ring.write(new byte[63])).isFalse();
        }
    }
}
