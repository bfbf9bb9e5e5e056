package org.jkasan.report;

/**
 * A program's own view of the bad accesses of its JVM, as data; for tests that state which ones are
 * to come.
 */
@FunctionalInterface
public interface ReportListener {

    /**
     * Sees a bad read, write or free right when it happens, on the thread that makes it, also where
     * its bug was reported before and is not printed again. What the listener itself does to memory
     * is not checked. It must not wait for a thread that may make a bad access. An exception that
     * it throws is noted in the log, and the report goes its usual way.
     *
     * @param info all that a report says; its {@code tainted} tells whether one was printed before
     * @return whether the access was expected: if so, it is neither printed nor counted nor
     *     remembered as reported, nothing that {@code kasan.fault} asks for follows, and no further
     *     listener sees it. (A report that is held up for a second, because the allocator does not
     *     answer what lies at the address, is printed meanwhile.)
     */
    boolean expects(ReportInfo info);
}
