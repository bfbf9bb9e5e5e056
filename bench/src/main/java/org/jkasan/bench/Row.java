package org.jkasan.bench;

/** One line of the scoreboard and how it is measured. */
interface Row {

    Goal goal();

    /**
     * Measures the goal on one JDK.
     *
     * @throws MeasurementException where that cannot be done
     */
    Estimate measure(Bed bed);
}
