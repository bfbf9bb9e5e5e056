package org.jkasan.samples.kasantest;

/** Ends a case that cannot run in this kernel; the message is the reason. */
final class SkippedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SkippedException(String reason) {
        super(reason, null, false, false);
    }
}
