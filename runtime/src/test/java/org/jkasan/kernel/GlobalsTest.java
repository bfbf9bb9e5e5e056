package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.jkasan.mm.Architecture;
import org.jkasan.mm.Globals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobalsTest {

    private static final long DATA = 0xffffffff82000000L;

    private final TestKernel machine = TestKernel.withKasan();
    private final Globals globals = machine.kernel.globals();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void variable_isAccessibleToTheByteAndRedzonedBehind() {
        long ten = globals.variable("ten", 10);
        assertThat(ten).isEqualTo(DATA);
        assertThat(machine.shadow(ten, 9)).isEqualTo("00 02 f9 f9 f9 f9 f9 f9 00");
        long whole = globals.variable("whole", 32);
        assertThat(whole).isEqualTo(ten + 64);
        assertThat(machine.shadow(whole, 9)).isEqualTo("00 00 00 00 f9 f9 f9 f9 00");
        long next = globals.variable("next", 1);
        assertThat(next).isEqualTo(whole + 64);
        assertThat(machine.shadow(next, 8)).isEqualTo("01 f9 f9 f9 f9 f9 f9 f9");
    }

    @Test
    void variable_holdsWhatIsStoredAndIsZeroAtFirst() {
        long addr = globals.variable("counter", 8);
        assertThat(machine.memory().loadLong(addr)).isZero();
        machine.memory().storeLong(addr, 42);
        assertThat(machine.memory().loadLong(addr)).isEqualTo(42);
        assertThat(globals.address("counter")).isEqualTo(addr);
        assertThat(globals.address("nothing")).isZero();
    }

    /** As the KUnit test kasan_global_oob_right. */
    @Test
    void readBehind_isGlobalOutOfBounds() {
        long addr = globals.variable("global_array", 10);
        machine.read(addr + 9);
        assertThat(machine.reports()).isEmpty();
        machine.read(addr + 13);
        assertThat(machine.titles()).containsExactly("global-out-of-bounds");
        assertThat(machine.report())
                .contains("Read of size 1 at addr ffffffff8200000d")
                .contains("belongs to the variable:\n global_array+0xd/0xa\n");
    }

    /** As the KUnit test kasan_global_oob_left. */
    @Test
    void writeBefore_isFoundInTheRedzoneOfTheVariableBefore() {
        globals.variable("before", 10);
        long addr = globals.variable("global_array", 10);
        machine.write(addr - 3);
        assertThat(machine.titles()).containsExactly("global-out-of-bounds");
    }

    @Test
    void buffer_goesOnIntoItsRedzone() {
        ByteBuffer buffer = globals.buffer("config", 100);
        buffer.putLong(8, 7);
        assertThat(machine.memory().loadLong(DATA + 8)).isEqualTo(7);
        assertThat(buffer.capacity()).isEqualTo(160);
        assertThat(machine.isValid(DATA + 99)).isTrue();
        assertThat(machine.isValid(DATA + 100)).isFalse();
    }

    @Test
    void array_hasTheVariablesShadow() {
        int[] primes = globals.array("primes", 5, int[]::new);
        assertThat(primes).hasSize(5);
        assertThat(machine.shadow(DATA, 4)).isEqualTo("00 00 04 f9");
        assertThat(machine.handle(primes)).isEqualTo(machine.memory().hostAddress(DATA));
    }

    @Test
    void whatCannotBe_isRefusedInASentence() {
        globals.variable("twice", 8);
        assertThatThrownBy(() -> globals.variable("twice", 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is a global variable twice already; choose another name.");
        assertThatThrownBy(() -> globals.variable("none", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Global variable none has 0 bytes; give it a positive number of them.");
        assertThatThrownBy(() -> globals.buffer("less", -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> globals.array("strings", 3, String[]::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String[]");
        assertThat(globals.address("strings")).isZero();
        assertThatThrownBy(() -> globals.variable("huge", Long.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no room for global variable huge");
    }

    @Test
    void image_isFilledToItsLastByte() {
        long size = (16 << 20) - 64;
        globals.variable("almost all", size - 32);
        assertThatThrownBy(() -> globals.variable("too much", 33))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the 64 that are left of 16777216");
        assertThat(globals.variable("rest", 32)).isEqualTo(DATA + size);
        machine.read(DATA + size + 32);
        assertThat(machine.titles()).containsExactly("global-out-of-bounds");
        assertThatThrownBy(() -> globals.variable("more", 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedKernel_lastsNoVariable() {
        byte[] array;
        TestKernel other = TestKernel.withKasan();
        try (other) {
            array = other.kernel.globals().array("short-lived", 8, byte[]::new);
            assertThat(other.handle(array)).isNotZero();
        }
        assertThat(machine.handle(array)).isZero();
        assertThatThrownBy(() -> other.kernel.globals().variable("late", 8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This kernel is closed, and its memory is gone.");
    }

    @Test
    void withoutKasan_variablesWorkAsWell() {
        try (TestKernel plain = TestKernel.withoutKasan()) {
            long addr = plain.kernel.globals().variable("counter", 10);
            plain.memory().storeByte(addr + 12, (byte) 3);
            assertThat(plain.memory().loadByte(addr + 12)).isEqualTo((byte) 3);
            assertThat(plain.kernel.globals().array("bytes", 4, byte[]::new)).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X86_64, ffffffff82000000",
        "X86_64_LA57, ffffffff82000000",
        "ARM64, fffffbfff0000000",
    })
    void image_liesWhereTheArchitectureHasIt(Architecture architecture, String start) {
        Kconfig config = TestKernel.small().withArchitecture(architecture).withVmallocSize(1 << 20);
        try (TestKernel other = TestKernel.withKasan(config)) {
            long addr = other.kernel.globals().variable("first", 8);
            assertThat(addr).isEqualTo(Long.parseUnsignedLong(start, 16));
            other.read(addr + 8);
            assertThat(other.titles()).containsExactly("global-out-of-bounds");
        }
    }
}
