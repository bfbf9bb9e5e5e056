package org.jkasan.samples.modload;

/** The file is no module that can be loaded; the message says why, in one sentence. */
final class BadModuleException extends Exception {

    private static final long serialVersionUID = 1L;

    BadModuleException(String message) {
        super(message);
    }
}
