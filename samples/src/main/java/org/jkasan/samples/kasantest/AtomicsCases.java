package org.jkasan.samples.kasantest;

/** Atomic operations: 50 expectations. */
final class AtomicsCases extends Cases {

    private final Machine machine;

    AtomicsCases(Machine machine) {
        super(machine);
        this.machine = machine;
    }

    void atomics() {
        long object = zalloc(48);
        long safe = zalloc(Long.BYTES);
        AtomicIntCases ints = new AtomicIntCases(machine, object, safe);
        ints.plainAccesses();
        ints.operations();
        new AtomicLongCases(machine, object, safe).operations();
        kmalloc.kfree(safe);
        kmalloc.kfree(object);
    }
}
