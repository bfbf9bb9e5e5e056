package org.jkasan.bench;

import java.nio.file.Path;
import org.jkasan.samples.launch.Jdk;

/**
 * The test bed that a row is measured on: the JDK, the agent, how long to measure, and whom to tell
 * of each step.
 */
record Bed(Jdk jdk, Path agent, Effort effort, Runnable step) {

    /** The option of a JVM that attaches the agent. */
    String agentOption() {
        return "-javaagent:" + agent;
    }

    /** Takes pairs, first without and then with, until they suffice for the effort. */
    Pairs pairs(Sampler without, Sampler with) {
        Pairs pairs = new Pairs();
        while (!effort.suffices(pairs)) {
            double sampleWithout = without.sample();
            step.run();
            double sampleWith = with.sample();
            step.run();
            pairs.add(sampleWithout, sampleWith);
        }
        return pairs;
    }

    /** Takes one sample of a configuration. */
    interface Sampler {
        double sample();
    }
}
