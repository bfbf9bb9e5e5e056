package org.jkasan.check;

/**
 * A family of the kernel's helper functions whose calls in rewritten code are checked: it knows the
 * memory that they touch.
 */
public abstract class CheckedHelper {

    /** A field, so that the hooks need no dispatch. */
    final AddressSpace space;

    protected CheckedHelper(AddressSpace space) {
        this.space = space;
    }

    /** Bytes of the next access of a helper that goes by words and has so many left, not 0. */
    protected static int wordSize(long left) {
        return Long.compareUnsigned(left, Long.BYTES) >= 0
                ? Long.BYTES
                : Integer.highestOneBit((int) left);
    }
}
