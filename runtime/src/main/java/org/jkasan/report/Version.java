package org.jkasan.report;

/** The version that reports carry; a test holds it to the build's. */
final class Version {

    static final String CURRENT = "0.1.0";

    private Version() {}
}
