package org.jkasan.samples.kasantest;

import org.jkasan.mm.Atomics64;

/** Operations on an atomic_long_t behind an object. */
final class AtomicLongCases extends AtomicCases {

    private final Atomics64 atomics = kernel.atomics64();

    AtomicLongCases(Machine machine, long object, long safe) {
        super(machine, Long.BYTES, object, safe);
    }

    /** atomic_long_*: 23. */
    void operations() {
        expect(READ, () -> atomics.read(unsafe));
        expect(WRITE, () -> atomics.set(unsafe, 42));
        arithmetic();
        exchanges();
        tests();
        conditionals();
    }

    private void arithmetic() {
        expect(WRITE, () -> atomics.add(42, unsafe));
        expect(WRITE, () -> atomics.sub(42, unsafe));
        expect(WRITE, () -> atomics.inc(unsafe));
        expect(WRITE, () -> atomics.dec(unsafe));
        expect(WRITE, () -> atomics.and(42, unsafe));
        expect(WRITE, () -> atomics.andnot(42, unsafe));
        expect(WRITE, () -> atomics.or(42, unsafe));
        expect(WRITE, () -> atomics.xor(42, unsafe));
    }

    private void exchanges() {
        expect(WRITE, () -> atomics.xchg(unsafe, 42));
        expect(WRITE, () -> atomics.cmpxchg(unsafe, 21, 42));
        expect(WRITE, () -> atomics.tryCmpxchg(unsafe, safe, 42));
        expect(WRITE, () -> atomics.tryCmpxchg(safe, unsafe, 42));
    }

    private void tests() {
        expect(WRITE, () -> atomics.subAndTest(42, unsafe));
        expect(WRITE, () -> atomics.decAndTest(unsafe));
        expect(WRITE, () -> atomics.incAndTest(unsafe));
        expect(WRITE, () -> atomics.addNegative(42, unsafe));
    }

    private void conditionals() {
        expect(WRITE, () -> atomics.addUnless(unsafe, 21, 42));
        expect(WRITE, () -> atomics.incNotZero(unsafe));
        expect(WRITE, () -> atomics.incUnlessNegative(unsafe));
        expect(WRITE, () -> atomics.decUnlessPositive(unsafe));
        expect(WRITE, () -> atomics.decIfPositive(unsafe));
    }
}
