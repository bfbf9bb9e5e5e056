package org.jkasan.testkit.property;

/** What programs of random actions run on: a driver and its kernel, together with an oracle. */
public interface Subject extends AutoCloseable {

    /** Java that makes the same subject, as a statement. */
    String java();

    /**
     * Checks, after each step, that all is as it should be.
     *
     * @throws AssertionError where it is not
     */
    default void check() {}

    /**
     * Ends it; where it has a kernel that should be left as it was, it checks that.
     *
     * @throws AssertionError where it is not
     */
    @Override
    void close();
}
