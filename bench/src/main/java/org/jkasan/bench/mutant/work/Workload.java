package org.jkasan.bench.mutant.work;

import org.jkasan.kernel.Kernel;

/** A program over a kernel's memory that frees what it allocates and checks what it computes. */
@FunctionalInterface
public interface Workload {

    /**
     * Runs it.
     *
     * @throws AssertionError where a result is wrong
     */
    void run(Kernel kernel);

    /** Fails where a result is wrong. */
    static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("wrong result");
        }
    }
}
