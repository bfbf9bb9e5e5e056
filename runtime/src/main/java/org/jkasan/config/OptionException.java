package org.jkasan.config;

/** An option that is wrong; the message is one sentence that says why and lists what is known. */
public final class OptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;

    /** An option under {@code key} that cannot be taken, for the reason in the message. */
    public OptionException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The key as the user wrote it. */
    public String key() {
        return key;
    }
}
