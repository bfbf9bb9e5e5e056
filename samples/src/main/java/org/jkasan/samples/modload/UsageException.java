package org.jkasan.samples.modload;

/** The command line makes no sense; the message says what is known, in one sentence. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
