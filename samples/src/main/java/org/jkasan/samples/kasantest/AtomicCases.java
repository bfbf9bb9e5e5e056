package org.jkasan.samples.kasantest;

import org.jkasan.report.AccessKind;

/**
 * Operations on an atomic variable that lies right behind an object and is none of it. They are
 * written down once for each size, as in the kernel: each is a function, and a call, of its own.
 */
abstract class AtomicCases extends Cases {

    /** Bytes of the object. */
    private static final int OFFSET = 48;

    private final int size;
    private final long object;

    /** Address of the variable. */
    final long unsafe;

    /** Address of another one, that may be accessed. */
    final long safe;

    AtomicCases(Machine machine, int size, long object, long safe) {
        super(machine);
        this.size = size;
        this.object = object;
        this.unsafe = object + OFFSET;
        this.safe = safe;
    }

    final void expect(AccessKind kind, Runnable operation) {
        test.fails(operation, outOfBounds(kind, size, object, OFFSET));
    }
}
