package org.jkasan.report;

/** What was done to the bad address. */
public enum AccessKind {
    READ,
    WRITE,
    FREE
}
