package org.jkasan.samples.kasantest;

import org.jkasan.mm.Bitops;
import org.jkasan.report.AccessKind;

/** Bits of a word of which only the first byte is the object's. */
final class BitopsCases extends Cases {

    private static final long WORD_BITS = 64;
    private static final int WORD = 8;

    private final Bitops bitops;

    BitopsCases(Machine machine) {
        super(machine);
        bitops = kernel.bitops();
    }

    void generic() {
        long bits = zalloc(WORD + 1);
        modify(bits);
        testAndModify(bits);
        kmalloc.kfree(bits);
    }

    /** The module's, with one more. */
    void old() {
        long bits = zalloc(WORD + 1);
        modify(bits);
        testAndModify(bits);
        expect(WRITE, bits, () -> bitops.clearBitUnlockIsNegativeByte(WORD_BITS + 8, bits));
        kmalloc.kfree(bits);
    }

    private void modify(long bits) {
        long nr = WORD_BITS;
        expect(WRITE, bits, () -> bitops.setBit(nr, bits));
        expect(WRITE, bits, () -> bitops.nonatomicSetBit(nr, bits));
        expect(WRITE, bits, () -> bitops.clearBit(nr, bits));
        expect(WRITE, bits, () -> bitops.nonatomicClearBit(nr, bits));
        expect(WRITE, bits, () -> bitops.clearBitUnlock(nr, bits));
        expect(WRITE, bits, () -> bitops.nonatomicClearBitUnlock(nr, bits));
        expect(WRITE, bits, () -> bitops.changeBit(nr, bits));
        expect(WRITE, bits, () -> bitops.nonatomicChangeBit(nr, bits));
    }

    private void testAndModify(long bits) {
        long nr = WORD_BITS + 8;
        expect(WRITE, bits, () -> bitops.testAndSetBit(nr, bits));
        expect(WRITE, bits, () -> bitops.nonatomicTestAndSetBit(nr, bits));
        expect(WRITE, bits, () -> bitops.testAndSetBitLock(nr, bits));
        expect(WRITE, bits, () -> bitops.testAndClearBit(nr, bits));
        expect(WRITE, bits, () -> bitops.nonatomicTestAndClearBit(nr, bits));
        expect(WRITE, bits, () -> bitops.testAndChangeBit(nr, bits));
        expect(WRITE, bits, () -> bitops.nonatomicTestAndChangeBit(nr, bits));
        expect(READ, bits, () -> bitops.testBit(nr, bits));
    }

    private void expect(AccessKind kind, long bits, Runnable operation) {
        test.fails(operation, outOfBounds(kind, WORD, bits, WORD));
    }
}
