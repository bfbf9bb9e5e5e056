package org.jkasan.testkit.example;

import org.jkasan.kernel.Kernel;

/**
 * A driver that takes writes to its table only from those who have unlocked it, with a code that
 * nobody generates by chance: what keeps random tests away from its bug.
 */
final class LockedDriver implements AutoCloseable {

    private static final int KEY = 0x4b41;
    private static final int CODE = 0xa5c3;
    private static final int SLOTS = 100;

    private final Kernel kernel;
    private final long table;
    private boolean keyed;
    private boolean unlocked;

    LockedDriver(Kernel kernel) {
        this.kernel = kernel;
        this.table = kernel.kmalloc().kzalloc(SLOTS);
    }

    /** Takes a key; the next command must be its code. */
    void key(int key) {
        keyed = key == KEY;
    }

    void code(int code) {
        unlocked |= keyed && code == CODE;
        keyed = false;
    }

    /** Writes a slot, for those who have unlocked it. */
    void write(int slot, byte value) {
        if (unlocked && slot >= 0 && slot <= SLOTS) { // BUG: the last slot is SLOTS - 1
            kernel.memory().storeByte(table + slot, value);
        }
    }

    @Override
    public void close() {
        kernel.kmalloc().kfree(table);
    }
}
