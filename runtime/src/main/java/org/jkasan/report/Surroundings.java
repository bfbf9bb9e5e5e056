package org.jkasan.report;

/**
 * What a reporter takes from outside the program that it watches.
 *
 * @param machine what it runs on
 * @param halt how it ends the JVM
 * @param patienceMillis how long it waits for a description
 * @param distinctLimit how many distinct bugs it remembers
 */
record Surroundings(Machine machine, Halt halt, long patienceMillis, int distinctLimit) {

    private static final long PATIENCE_MILLIS = 1000;
    private static final int DISTINCT_LIMIT = 4096;

    static Surroundings real() {
        return new Surroundings(Machine.running(), new JvmHalt(), PATIENCE_MILLIS, DISTINCT_LIMIT);
    }

    /** Ends this JVM; a class, since no lambda is linked before main. */
    private static final class JvmHalt implements Halt {

        @Override
        public void halt(int status) {
            Runtime.getRuntime().halt(status);
        }
    }
}
