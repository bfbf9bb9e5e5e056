package org.jkasan.host;

/** The host refused memory; the message is one sentence that says why and what to do. */
public final class HostMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HostMemoryException(String message) {
        super(message);
    }
}
