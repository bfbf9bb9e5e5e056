package org.jkasan.bench;

import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import org.jkasan.samples.launch.Jdk;

/**
 * The test bed that a row is measured on: the JDK, the agent, how long to measure, how many pairs
 * of JVMs run each program, and whom to tell of each step.
 */
record Bed(Jdk jdk, Path agent, Effort effort, PairLimit pairs, Runnable step) {

    /** The option of a JVM that attaches the agent. */
    String agentOption() {
        return "-javaagent:" + agent;
    }

    /** Takes samples until they suffice for the effort. */
    Estimate repeat(DoubleSupplier sampler) {
        return repeatEach(sample -> sampler.getAsDouble());
    }

    /** The same of a sampler that is told how many samples there were before. */
    Estimate repeatEach(IntToDoubleFunction sampler) {
        Samples samples = new Samples();
        while (!effort.suffices(samples)) {
            samples.add(sampler.applyAsDouble(samples.size()));
            step.run();
        }
        return samples.estimate();
    }
}
