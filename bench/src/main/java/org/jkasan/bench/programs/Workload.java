package org.jkasan.bench.programs;

/** One program with its input at hand, which can be run again and again. */
interface Workload {

    /**
     * Runs it once.
     *
     * @throws Exception whatever the program throws; it is to end well
     */
    void run() throws Exception;
}
