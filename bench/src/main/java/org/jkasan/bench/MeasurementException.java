package org.jkasan.bench;

/** A row that could not be measured; the message is one sentence for the user. */
final class MeasurementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MeasurementException(String message) {
        super(message);
    }

    MeasurementException(String message, Throwable cause) {
        super(message, cause);
    }
}
