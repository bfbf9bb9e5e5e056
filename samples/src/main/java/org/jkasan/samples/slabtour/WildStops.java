package org.jkasan.samples.slabtour;

import org.jkasan.kernel.Kernel;

/** Accesses where there is no kernel memory at all. After the report they fault. */
final class WildStops {

    private static final long NULL = 0;
    private static final long USER = 0x00007f12_3456_7000L;
    private static final long POISON = 0x6b6b6b6b_6b6b6b6bL;

    private WildStops() {}

    /** A member of a structure behind a null pointer. */
    static void nullPointer(Kernel kernel) {
        kernel.memory().loadInt(NULL + 0x28); // BUG: null-ptr-deref
    }

    /** A pointer from a program, used without copy_from_user. */
    static void userAddress(Kernel kernel) {
        kernel.memory().loadLong(USER); // BUG: user-memory-access
    }

    /** A pointer that was read from memory full of 6b. */
    static void noAddressAtAll(Kernel kernel) {
        kernel.memory().storeByte(POISON, (byte) 1); // BUG: wild-memory-access
    }
}
