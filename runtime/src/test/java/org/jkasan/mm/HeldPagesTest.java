package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.HOST;

import org.jkasan.host.RawMemory;
import org.junit.jupiter.api.Test;

class HeldPagesTest {

    private final long page = HOST.pageSize();

    @Test
    void pages_areHeldOnceWritten() {
        long memory = HOST.reserve(4 * page, page, "a test");
        RawMemory.loadByte(memory);
        assertThat(HOST.residentPages(memory, 4 * page)).isOne();
        assertThat(HeldPages.count(memory, 4 * page)).isZero();
        RawMemory.storeByte(memory + page, (byte) 0);
        RawMemory.storeByte(memory + 3 * page, (byte) 1);
        assertThat(HeldPages.count(memory, 4 * page)).isEqualTo(2);
        assertThat(HeldPages.count(memory, page)).isZero();
        HOST.discard(memory, 2 * page);
        assertThat(HeldPages.count(memory, 4 * page)).isOne();
        HOST.release(memory, 4 * page);
    }

    @Test
    void pagesOfAFile_areHeldWhereverTheyAreMapped() {
        try (TestMachine machine = TestMachine.withoutKasan(1 << 20)) {
            long page = machine.mm.frames().alloc();
            long addr = machine.mm.vmap().vmap(page);
            machine.memory().storeByte(addr, (byte) 1);
            machine.memory().storeByte(machine.mm.frames().address(page), (byte) 1);
            assertThat(machine.residentData(0, 1 << 20)).isOne();
        }
    }
}
