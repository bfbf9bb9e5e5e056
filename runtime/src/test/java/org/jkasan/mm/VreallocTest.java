package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.nio.ByteBuffer;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VreallocTest {

    private static final long SPACE = 1 << 20;

    private final TestMachine machine = TestMachine.withKasan(SPACE);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final KernelMemory memory = machine.memory();

    @AfterEach
    void close() {
        machine.close();
    }

    /** Exactly the bytes up to the size are accessible, among those of an area and its guard. */
    private void assertAccessible(long addr, long size, long upTo) {
        for (long i = 0; i < upTo; i++) {
            boolean valid = machine.shadow().isAccessible(machine.host(addr + i), 1);
            assertThat(valid).as("byte %d of %d", i, size).isEqualTo(i < size);
        }
    }

    /** What the kernel's vmalloc_oob checks after each vrealloc. */
    @ParameterizedTest
    @CsvSource({
        "2035, 2045", "2045, 2035", "2035, 2040", "2040, 2035", "8, 9", "9, 8", "1, 4096",
        "4096, 1", "2032, 2033", "2033, 2039", "2039, 2033", "2033, 2041", "7, 7", "4095, 4096"
    })
    void vmallocOob_afterAResizeInPlace(long old, long size) {
        long addr = vmalloc.vmalloc(old);
        assertThat(vmalloc.vrealloc(addr, size)).isEqualTo(addr);
        assertAccessible(addr, size, 2L * PAGE);
        assertThat(vmalloc.vrealloc(addr, old)).isEqualTo(addr);
        assertAccessible(addr, old, 2L * PAGE);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void growthBeyondThePages_movesTheObjectAndFreesTheOld() {
        long addr = vmalloc.vmalloc(PAGE - 3);
        memory.memset(addr, 0x5a, PAGE);
        long moved = vmalloc.vrealloc(addr, PAGE + 1);
        assertThat(moved).isEqualTo(START + 2 * PAGE);
        assertAccessible(moved, PAGE + 1, 3L * PAGE);
        assertAccessible(addr, 0, 2L * PAGE);
        assertThat(memory.loadByte(moved)).isEqualTo((byte) 0x5a);
        assertThat(memory.loadByte(moved + PAGE - 4)).isEqualTo((byte) 0x5a);
        assertThat(memory.loadByte(moved + PAGE - 3)).isZero();
        assertThatThrownBy(() -> memory.loadByte(addr)).isInstanceOf(KernelOops.class);
        vmalloc.vfree(addr);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.reports().get(0)).contains("double-free").contains("Freed by task");
    }

    @Test
    void areaThatShrank_growsBackInPlace() {
        long addr = vmalloc.vmalloc(3 * PAGE);
        assertThat(vmalloc.vrealloc(addr, 5)).isEqualTo(addr);
        assertAccessible(addr, 5, 4L * PAGE);
        assertThat(memory.loadByte(addr + 3 * PAGE - 1)).isZero();
        assertThat(vmalloc.vrealloc(addr, 3 * PAGE)).isEqualTo(addr);
        assertAccessible(addr, 3 * PAGE, 4L * PAGE);
    }

    @Test
    void reportAfterAResize_knowsTheNewSize() {
        long addr = vmalloc.vmalloc(100);
        vmalloc.vrealloc(addr, 50);
        long host = machine.host(addr + 50);
        TestMachine.SANITIZER.reporter().report(new BadAccess(AccessKind.READ, addr + 50, host, 1));
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.reports().get(0)).contains("vmalloc-out-of-bounds").contains("50-byte");
    }

    @Test
    void nothing_isAllocated() {
        long addr = vmalloc.vrealloc(0, 100);
        assertThat(addr).isEqualTo(START);
        assertAccessible(addr, 100, 2L * PAGE);
        assertThat(vmalloc.vrealloc(0, 0)).isZero();
        assertThat(machine.log).containsExactly("WARN vmalloc: size 0");
    }

    @Test
    void sizeOfZero_frees() {
        long addr = vmalloc.vmalloc(100);
        assertThat(vmalloc.vrealloc(addr, 0)).isZero();
        assertAccessible(addr, 0, PAGE);
        assertThat(machine.log).isEmpty();
        vmalloc.vrealloc(addr, 0);
        assertThat(machine.reports()).hasSize(1);
    }

    @Test
    void noObjectThere_warnsAndGivesNull() {
        assertThat(vmalloc.vrealloc(START, 1)).isZero();
        long addr = vmalloc.vmalloc(2 * PAGE);
        assertThat(vmalloc.vrealloc(addr + PAGE, 1)).isZero();
        assertThat(vmalloc.vrealloc(addr + 8, 1)).isZero();
        vmalloc.vfree(addr);
        assertThat(vmalloc.vrealloc(addr, 1)).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "WARN Trying to vrealloc() nonexistent vm area (ffffc90000000000)",
                        "WARN Trying to vrealloc() bad address (ffffc90000001000)",
                        "WARN Trying to vrealloc() bad address (ffffc90000000008)",
                        "WARN Trying to vrealloc() nonexistent vm area (ffffc90000000000)");
        assertAccessible(addr, 0, 3L * PAGE);
    }

    @Test
    void sizeThatNoRequestCanHave_warnsAndChangesNothing() {
        long addr = vmalloc.vmalloc(100);
        assertThat(vmalloc.vrealloc(addr, -1)).isZero();
        assertThat(vmalloc.vrealloc(addr, vmalloc.request(100).aligned(3))).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "vmalloc error: size 18446744073709551615, exceeds total pages",
                        "WARN vmalloc: alignment 3 is not a power of two");
        assertAccessible(addr, 100, 2L * PAGE);
    }

    @Test
    void largerAlignment_warnsAndGivesNull() {
        vmalloc.vmalloc(1);
        long addr = vmalloc.vmalloc(1);
        assertThat(vmalloc.vrealloc(addr, vmalloc.request(8).aligned(2 * PAGE))).isEqualTo(addr);
        assertThat(vmalloc.vrealloc(addr, vmalloc.request(9).aligned(4 * PAGE))).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "WARN vrealloc: will not reallocate with a bigger alignment (0x4000)");
        assertAccessible(addr, 8, 2L * PAGE);
    }

    @Test
    void array_keepsItsSize() {
        byte[] array = vmalloc.vmallocBytes(100);
        assertThat(vmalloc.vrealloc(vmalloc.addressOf(array), 50)).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "WARN vrealloc: ffffc90000001000 is not memory that vmalloc has allocated;"
                                + " an array or a mapping keeps its size");
        assertAccessible(vmalloc.addressOf(array), 100, 2L * PAGE);
    }

    @Test
    void growth_isZeroedIfThatIsAskedFor() {
        long addr = vmalloc.vmalloc(16);
        memory.memset(addr, 0x5a, PAGE);
        vmalloc.vrealloc(addr, vmalloc.request(32).zeroed());
        assertThat(memory.loadLong(addr + 8)).isEqualTo(0x5a5a5a5a5a5a5a5aL);
        assertThat(memory.loadLong(addr + 16)).isZero();
        assertThat(memory.loadLong(addr + 24)).isZero();
        assertThat(memory.loadByte(addr + 32)).isEqualTo((byte) 0x5a);
    }

    @Test
    void growthElsewhere_isZeroedIfThatIsAskedFor() {
        long dirty = vmalloc.vmalloc(2 * PAGE);
        memory.memset(dirty, 0x5a, 2 * PAGE);
        vmalloc.vfree(dirty);
        long addr = vmalloc.vmalloc(16);
        memory.memset(addr, 0x77, PAGE);
        long moved = vmalloc.vrealloc(addr, vmalloc.request(PAGE + 1).zeroed());
        assertThat(memory.loadLong(moved + 8)).isEqualTo(0x7777777777777777L);
        assertThat(memory.loadLong(moved + 16)).isZero();
        assertThat(memory.loadByte(moved + PAGE)).isZero();
    }

    @Test
    void buffer_isReplacedByOneOverAllPages() {
        ByteBuffer buffer = vmalloc.vmallocBuffer(100);
        buffer.put(99, (byte) 7);
        ByteBuffer same = vmalloc.vrealloc(buffer, 200);
        assertThat(vmalloc.addressOf(same)).isEqualTo(vmalloc.addressOf(buffer));
        assertThat(same.capacity()).isEqualTo(PAGE);
        ByteBuffer moved = vmalloc.vrealloc(same, 2 * PAGE);
        assertThat(moved.capacity()).isEqualTo(2 * PAGE);
        assertThat(moved.get(99)).isEqualTo((byte) 7);
        assertThat(vmalloc.vrealloc(moved, 0)).isNull();
        assertThat(vmalloc.vrealloc((ByteBuffer) null, 1).capacity()).isEqualTo(PAGE);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void noRoomElsewhere_warnsAndChangesNothing() {
        long addr = vmalloc.vmalloc(10);
        memory.storeLong(addr, 42);
        assertThat(vmalloc.vrealloc(addr, SPACE)).isZero();
        assertThat(machine.log).hasSize(1);
        assertThat(memory.loadLong(addr)).isEqualTo(42);
        assertAccessible(addr, 10, 2L * PAGE);
    }

    /** Fails the first allocation of pages, then the second, and so on, until nothing fails. */
    @Test
    void everyFailureOfRam_changesNothing() {
        long addr = vmalloc.vmalloc(10);
        long resized = 0;
        for (int nth = 0; resized == 0; nth++) {
            int[] left = {nth};
            machine.mm.ram().failWhen(pages -> left[0]-- <= 0);
            resized = vmalloc.vrealloc(addr, 9 * PAGE);
            machine.mm.ram().failWhen(null);
            assertAccessible(resized == 0 ? addr : resized, resized == 0 ? 10 : 9 * PAGE, PAGE);
            Invariants.check(machine.mm);
            assertThat(machine.log).hasSize(resized == 0 ? nth + 1 : nth);
        }
        assertThat(machine.log).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void kernelWithoutKasan_resizesAsWell() {
        try (TestMachine plain = TestMachine.withoutKasan(SPACE)) {
            long addr = plain.vmalloc().vmalloc(10);
            plain.memory().storeByte(addr + 9, (byte) 3);
            assertThat(plain.vmalloc().vrealloc(addr, 20)).isEqualTo(addr);
            long moved = plain.vmalloc().vrealloc(addr, PAGE + 1);
            assertThat(plain.memory().loadByte(moved + 9)).isEqualTo((byte) 3);
            plain.vmalloc().vfree(moved);
            assertThat(plain.log).isEmpty();
        }
    }
}
