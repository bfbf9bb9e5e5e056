package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.jkasan.mm.KernelOops;
import org.jkasan.mm.UserMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserMemoryTest {

    private static final long ADDR = 0x7f0000000000L;
    private static final int PAGE = 4096;

    private final TestKernel machine = TestKernel.withKasan();
    private final UserMemory user = machine.kernel.user();
    private final long kernel = machine.kernel.vmalloc().vzalloc(3 * PAGE);

    @AfterEach
    void close() {
        machine.close();
    }

    private void put(ByteBuffer process, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            process.put(at + i, (byte) text.charAt(i));
        }
    }

    @Test
    void copies_goBetweenTheKernelAndTheProcess() {
        ByteBuffer process = user.map(ADDR, 2 * PAGE);
        assertThat(process.capacity()).isEqualTo(2 * PAGE);
        process.putLong(PAGE - 4, 0x1122334455667788L);
        assertThat(user.copyFromUser(kernel + PAGE - 1, ADDR + PAGE - 4, 8)).isZero();
        assertThat(machine.memory().loadLong(kernel + PAGE - 1)).isEqualTo(0x1122334455667788L);
        machine.memory().storeLong(kernel + 16, 42);
        assertThat(user.copyToUser(ADDR + 100, kernel + 16, 8)).isZero();
        assertThat(process.getLong(100)).isEqualTo(42);
        assertThat(user.clearUser(ADDR + 100, PAGE)).isZero();
        assertThat(process.getLong(100)).isZero();
        assertThat(process.getLong(PAGE - 4)).isZero();
    }

    @Test
    void copies_goOnIntoTheNextMappingAndEndBehindTheLast() {
        user.map(ADDR, PAGE);
        ByteBuffer next = user.map(ADDR + PAGE, 1);
        machine.memory().memset(kernel, 7, 3 * PAGE);
        assertThat(user.copyToUser(ADDR + 10, kernel, 2 * PAGE)).isEqualTo(10);
        assertThat(next.get(PAGE - 1)).isEqualTo((byte) 7);
        assertThat(user.clearUser(ADDR + PAGE + 1, PAGE)).isEqualTo(1);
        assertThat(next.get(0)).isEqualTo((byte) 7);
        assertThat(next.get(1)).isZero();
        assertThat(user.copyFromUser(kernel, ADDR + PAGE, PAGE + 5)).isEqualTo(5);
        assertThat(machine.memory().loadInt(kernel + PAGE)).isZero();
        assertThat(machine.memory().loadByte(kernel + PAGE + 5)).isEqualTo((byte) 7);
    }

    @Test
    void badUserAddresses_areNoReportAndCopyNothing() {
        long[] bad = {0, ADDR, 0x7ffffffff000L, 0xdead000000000000L, kernel + PAGE, -8};
        for (long addr : bad) {
            machine.memory().storeLong(kernel, -1);
            assertThat(user.copyToUser(addr, kernel, 8)).isEqualTo(8);
            assertThat(user.clearUser(addr, 8)).isEqualTo(8);
            assertThat(user.copyFromUser(kernel, addr, 8)).isEqualTo(8);
            assertThat(machine.memory().loadLong(kernel)).isZero();
            assertThat(user.strncpyFromUser(kernel, addr, 8)).isEqualTo(UserMemory.FAULT);
        }
        assertThat(machine.reports()).isEmpty();
        assertThat(user.accessOk(ADDR, 8)).isTrue();
        assertThat(user.accessOk(0x7fffffffeff8L, 8)).isTrue();
        assertThat(user.accessOk(0x7fffffffeff8L, 9)).isFalse();
        assertThat(user.accessOk(ADDR, -1)).isFalse();
        assertThat(user.accessOk(kernel, 0)).isFalse();
    }

    @Test
    void uncheckedCopies_leaveWhatCouldNotBeCopied() {
        ByteBuffer process = user.map(ADDR, PAGE);
        machine.memory().storeLong(kernel, 5);
        assertThat(user.copyToUserUnchecked(ADDR, kernel, 8)).isZero();
        assertThat(user.copyToUserInatomic(ADDR + 8, kernel, 8)).isZero();
        assertThat(process.getLong(0) + process.getLong(8)).isEqualTo(10);
        assertThat(user.copyFromUserUnchecked(kernel + 8, ADDR, 8)).isZero();
        assertThat(user.copyFromUserInatomic(kernel + 16, ADDR, 8)).isZero();
        assertThat(machine.memory().loadLong(kernel + 16)).isEqualTo(5);
        for (long bad : new long[] {0, ADDR + PAGE, kernel + PAGE}) {
            assertThat(user.copyFromUserUnchecked(kernel, bad, 8)).isEqualTo(8);
            assertThat(user.copyToUserUnchecked(bad, kernel, 8)).isEqualTo(8);
        }
        assertThat(machine.memory().loadLong(kernel)).isEqualTo(5);
    }

    @Test
    void strncpyFromUser_stopsAtTheNulTheCountOrTheFault() {
        ByteBuffer process = user.map(ADDR, PAGE);
        put(process, 0, "hello");
        assertThat(user.strncpyFromUser(kernel, ADDR, 100)).isEqualTo(5);
        assertThat(machine.kernel.strings().strlen(kernel)).isEqualTo(5);
        assertThat(user.strncpyFromUser(kernel, ADDR, 3)).isEqualTo(3);
        put(process, PAGE - 3, "end");
        assertThat(user.strncpyFromUser(kernel, ADDR + PAGE - 3, 100)).isEqualTo(-14);
        assertThat(user.strncpyFromUser(kernel, ADDR + PAGE - 3, 3)).isEqualTo(3);
        assertThat(user.strncpyFromUser(kernel, ADDR, 0)).isZero();
        assertThat(user.strncpyFromUser(kernel, ADDR, -1)).isZero();
    }

    @Test
    void kernelsSideThatIsNotMapped_isAnOops() {
        user.map(ADDR, PAGE);
        assertThatThrownBy(() -> user.copyToUser(ADDR, kernel + 3 * PAGE, 8))
                .isInstanceOf(KernelOops.class);
        assertThatThrownBy(() -> user.copyFromUser(0, ADDR, 8)).isInstanceOf(KernelOops.class);
    }

    @Test
    void loadAtAUserAddress_isAPageFaultForTheKernel() {
        user.map(ADDR, PAGE);
        assertThatThrownBy(() -> machine.memory().loadByte(ADDR)).isInstanceOf(KernelOops.class);
    }

    @Test
    void mappings_areWhereTheyCanBe() {
        user.map(ADDR, PAGE + 1);
        assertThatThrownBy(() -> user.map(ADDR + PAGE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot map 1 bytes at user address 0x00007f0000001000: some of it is"
                                + " mapped already.");
        for (long bad : new long[] {0, 0x8000, ADDR + 4 * PAGE + 1, 0x7ffffffff000L, kernel}) {
            assertThatThrownBy(() -> user.map(bad, PAGE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a page of user space");
        }
        assertThatThrownBy(() -> user.map(ADDR, 0)).hasMessageContaining("not positive");
        user.unmap(ADDR);
        assertThat(user.copyToUser(ADDR, kernel, 8)).isEqualTo(8);
        assertThatThrownBy(() -> user.unmap(ADDR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No mapping begins");
        assertThat(user.map(ADDR, PAGE).getLong(0)).isZero();
    }

    @Test
    void closedKernel_mapsAndCopiesNothing() {
        TestKernel other = TestKernel.withKasan();
        other.kernel.user().map(ADDR, PAGE);
        other.close();
        assertThatThrownBy(() -> other.kernel.user().copyToUser(ADDR, kernel, 8))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> other.kernel.user().map(ADDR, PAGE))
                .isInstanceOf(IllegalStateException.class);
    }
}
