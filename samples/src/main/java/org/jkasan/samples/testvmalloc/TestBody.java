package org.jkasan.samples.testvmalloc;

/**
 * What a test does when it runs once: it prepares, goes through its loop, and clears up. What makes
 * the kernel's test fail is false here, and ends it; it clears up in any case.
 */
interface TestBody {

    /** What comes before the loop; false if it fails. */
    default boolean prepare() {
        return true;
    }

    /** The loop, or all of a test that has none; false if it fails. */
    boolean loop();

    /** What comes after the loop. */
    default void cleanUp() {}
}
