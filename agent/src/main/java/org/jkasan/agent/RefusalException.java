package org.jkasan.agent;

/** The agent cannot start; the message is one sentence that says why and what to do. */
final class RefusalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusalException(String message) {
        super(message);
    }
}
