package org.jkasan.samples.kasantest;

/** Ends a case that cannot go on and has said why. */
final class AbortedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AbortedException() {
        super(null, null, false, false);
    }
}
