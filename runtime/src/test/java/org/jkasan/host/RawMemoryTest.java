package org.jkasan.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawMemoryTest {

    private static final int SIZE = 3 * 4096;

    private final HostMemory host = HostMemories.fromClassPath();
    private final long memory = host.reserve(SIZE, host.pageSize(), "a test's memory");

    @AfterEach
    void release() {
        host.release(memory, SIZE);
    }

    private byte[] contents() {
        byte[] bytes = new byte[SIZE];
        RawMemory.copyOut(memory, bytes, 0, SIZE);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 100, 1536, 4088, 4095, 4096, 4097, 4104, 8000})
    void fill_writesSoManyBytesAndNoOther(int bytes) {
        for (int start = 16; start < 24; start++) {
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xf8, 0xff}) {
                byte around = (byte) ~value;
                byte[] expected = new byte[SIZE];
                Arrays.fill(expected, around);
                RawMemory.copyIn(expected, 0, memory, SIZE);
                Arrays.fill(expected, start, start + bytes, (byte) value);

                RawMemory.fill(memory + start, bytes, (byte) value);

                assertThat(contents()).isEqualTo(expected);
            }
        }
    }

    @Test
    void fill_ofTheWholeMemory_fillsIt() {
        RawMemory.fill(memory, SIZE, (byte) 0xf8);

        assertThat(contents()).containsOnly(0xf8);
    }
}
