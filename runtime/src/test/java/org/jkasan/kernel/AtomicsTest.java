package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jkasan.mm.Atomics;
import org.jkasan.mm.Atomics64;
import org.jkasan.mm.Bitops;
import org.jkasan.mm.KernelOops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Atomic operations and those on bits: what they do, and that they are atomic. */
class AtomicsTest {

    private static final int ROUNDS = 20_000;

    private final TestKernel machine = TestKernel.withKasan();
    private final Atomics atomics = machine.kernel.atomics();
    private final Atomics64 atomics64 = machine.kernel.atomics64();
    private final Bitops bitops = machine.kernel.bitops();
    private final long v = machine.kernel.kmalloc().kzalloc(64);

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void arithmetic_changesTheValue() {
        atomics.set(v, 5);
        atomics.add(3, v);
        atomics.sub(1, v);
        atomics.inc(v);
        atomics.dec(v);
        assertThat(machine.memory().loadInt(v)).isEqualTo(7);
        atomics.and(6, v);
        atomics.or(9, v);
        atomics.xor(1, v);
        atomics.andnot(2, v);
        assertThat(atomics.read(v)).isEqualTo(12);
        assertThat(machine.memory().loadInt(v + 4)).isZero();
        atomics.setRelease(v, -1);
        assertThat(atomics.readAcquire(v)).isEqualTo(-1);
    }

    @Test
    void returnIsTheNewValue_fetchTheOld() {
        assertThat(atomics.addReturn(3, v)).isEqualTo(3);
        assertThat(atomics.subReturn(1, v)).isEqualTo(2);
        assertThat(atomics.incReturn(v)).isEqualTo(3);
        assertThat(atomics.decReturn(v)).isEqualTo(2);
        assertThat(atomics.fetchAdd(2, v)).isEqualTo(2);
        assertThat(atomics.fetchSub(1, v)).isEqualTo(4);
        assertThat(atomics.fetchInc(v)).isEqualTo(3);
        assertThat(atomics.fetchDec(v)).isEqualTo(4);
        assertThat(atomics.fetchOr(4, v)).isEqualTo(3);
        assertThat(atomics.fetchAnd(6, v)).isEqualTo(7);
        assertThat(atomics.fetchXor(3, v)).isEqualTo(6);
        assertThat(atomics.fetchAndnot(4, v)).isEqualTo(5);
        assertThat(atomics.read(v)).isEqualTo(1);
    }

    @Test
    void exchanges_tellWhatWasThere() {
        assertThat(atomics.xchg(v, 4)).isZero();
        assertThat(atomics.cmpxchg(v, 3, 9)).isEqualTo(4);
        assertThat(atomics.cmpxchg(v, 4, 9)).isEqualTo(4);
        assertThat(atomics.read(v)).isEqualTo(9);
        machine.memory().storeInt(v + 8, 1);
        assertThat(atomics.tryCmpxchg(v, v + 8, 2)).isFalse();
        assertThat(machine.memory().loadInt(v + 8)).isEqualTo(9);
        assertThat(atomics.tryCmpxchg(v, v + 8, 2)).isTrue();
        assertThat(atomics.read(v)).isEqualTo(2);
    }

    @Test
    void tests_areOfTheNewValue() {
        atomics.set(v, 1);
        assertThat(atomics.decAndTest(v)).isTrue();
        assertThat(atomics.decAndTest(v)).isFalse();
        assertThat(atomics.incAndTest(v)).isTrue();
        assertThat(atomics.incAndTest(v)).isFalse();
        assertThat(atomics.subAndTest(1, v)).isTrue();
        assertThat(atomics.addNegative(1, v)).isFalse();
        assertThat(atomics.addNegative(-2, v)).isTrue();
    }

    @Test
    void conditions_leaveTheValueAsItIs() {
        assertThat(atomics.incNotZero(v)).isFalse();
        assertThat(atomics.decIfPositive(v)).isEqualTo(-1);
        assertThat(atomics.read(v)).isZero();
        assertThat(atomics.addUnless(v, 5, 1)).isTrue();
        assertThat(atomics.addUnless(v, 5, 5)).isFalse();
        assertThat(atomics.fetchAddUnless(v, -10, 1)).isEqualTo(5);
        assertThat(atomics.incUnlessNegative(v)).isFalse();
        assertThat(atomics.decUnlessPositive(v)).isTrue();
        assertThat(atomics.read(v)).isEqualTo(-6);
        atomics.set(v, 2);
        assertThat(atomics.decUnlessPositive(v)).isFalse();
        assertThat(atomics.incUnlessNegative(v)).isTrue();
        assertThat(atomics.incNotZero(v)).isTrue();
        assertThat(atomics.decIfPositive(v)).isEqualTo(3);
    }

    @Test
    void atomic64_hasAllItsBits() {
        atomics64.set(v, 1L << 40);
        assertThat(atomics64.addReturn(1L << 41, v)).isEqualTo(3L << 40);
        assertThat(atomics64.fetchAndnot(1L << 40, v)).isEqualTo(3L << 40);
        assertThat(atomics64.cmpxchg(v, 1L << 41, -5)).isEqualTo(1L << 41);
        assertThat(machine.memory().loadLong(v)).isEqualTo(-5);
        assertThat(atomics64.incUnlessNegative(v)).isFalse();
        machine.memory().storeLong(v + 8, -5);
        assertThat(atomics64.tryCmpxchg(v, v + 8, 1L << 50)).isTrue();
        assertThat(atomics64.xchg(v, 0)).isEqualTo(1L << 50);
    }

    @Test
    void placesThatCannotBe_areRefused() {
        assertThatThrownBy(() -> atomics.inc(v + 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("An atomic_t begins at a multiple of 4, which 0xffff")
                .hasMessageEndingWith(" is not; align it.");
        assertThatThrownBy(() -> atomics64.read(v + 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bitops.setBit(0, v + 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> atomics.inc(0)).isInstanceOf(KernelOops.class);
    }

    @Test
    void bits_areFoundInTheirWord() {
        bitops.setBit(0, v);
        bitops.setBit(65, v);
        bitops.nonatomicSetBit(63, v);
        bitops.setBit(-1, v + 64);
        assertThat(machine.memory().loadLong(v)).isEqualTo(1L << 63 | 1);
        assertThat(machine.memory().loadLong(v + 8)).isEqualTo(2);
        assertThat(machine.memory().loadLong(v + 56)).isEqualTo(1L << 63);
        assertThat(bitops.testBit(65, v)).isTrue();
        assertThat(bitops.testBit(64, v)).isFalse();
        bitops.clearBit(65, v);
        bitops.nonatomicClearBit(63, v);
        bitops.changeBit(1, v);
        bitops.nonatomicChangeBit(2, v);
        assertThat(machine.memory().loadLong(v)).isEqualTo(7);
        bitops.clearBitUnlock(0, v);
        bitops.nonatomicClearBitUnlock(1, v);
        assertThat(machine.memory().loadLong(v)).isEqualTo(4);
    }

    @Test
    void clearBitUnlockIsNegativeByte_tellsOfTheFirstBytesHighestBit() {
        machine.memory().storeLong(v, 0x181);
        assertThat(bitops.clearBitUnlockIsNegativeByte(0, v)).isTrue();
        machine.memory().storeLong(v, 0xff7f);
        assertThat(bitops.clearBitUnlockIsNegativeByte(6, v)).isFalse();
        assertThat(machine.memory().loadLong(v)).isEqualTo(0xff3f);
    }

    @Test
    void testAndChange_tellsWhatWasThere() {
        assertThat(bitops.testAndSetBit(3, v)).isFalse();
        assertThat(bitops.testAndSetBitLock(3, v)).isTrue();
        assertThat(bitops.nonatomicTestAndSetBit(3, v)).isTrue();
        assertThat(bitops.testAndClearBit(3, v)).isTrue();
        assertThat(bitops.nonatomicTestAndClearBit(3, v)).isFalse();
        assertThat(bitops.testAndChangeBit(3, v)).isFalse();
        assertThat(bitops.nonatomicTestAndChangeBit(3, v)).isTrue();
        assertThat(machine.memory().loadLong(v)).isZero();
    }

    @Test
    void twoThreads_loseNothing() throws InterruptedException {
        Runnable work =
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        atomics.inc(v);
                        atomics64.add(1L << 33, v + 8);
                        while (bitops.testAndSetBitLock(7, v + 16)) {
                            Thread.onSpinWait();
                        }
                        machine.memory().storeInt(v + 24, machine.memory().loadInt(v + 24) + 1);
                        bitops.clearBitUnlock(7, v + 16);
                    }
                };
        Thread other = new Thread(work);
        other.start();
        work.run();
        other.join();
        assertThat(atomics.read(v)).isEqualTo(2 * ROUNDS);
        assertThat(atomics64.read(v + 8)).isEqualTo(2L * ROUNDS << 33);
        assertThat(machine.memory().loadInt(v + 24)).isEqualTo(2 * ROUNDS);
    }
}
