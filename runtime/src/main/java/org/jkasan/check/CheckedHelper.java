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
}
