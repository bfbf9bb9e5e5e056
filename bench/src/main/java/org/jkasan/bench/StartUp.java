package org.jkasan.bench;

import java.util.List;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.JvmResult;

/** What the agent adds to the start of a JVM whose main does nothing, in milliseconds. */
record StartUp(Goal goal) implements Row {

    /** Starts differ more than iterations do. */
    private static final int STARTS = 3;

    @Override
    public Estimate measure(Bed bed) {
        ChildJvm without = ChildJvm.on(bed.jdk()).main(List.of(AgentJar.here()), name());
        ChildJvm with =
                ChildJvm.on(bed.jdk()).agent(bed.agent()).main(List.of(AgentJar.here()), name());
        return bed.repeat(() -> difference(without, with));
    }

    private static String name() {
        return EmptyMain.class.getName();
    }

    private static double difference(ChildJvm without, ChildJvm with) {
        double[] differences = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            double base = millis(without);
            differences[i] = millis(with) - base;
        }
        return Estimate.median(differences).value();
    }

    private static double millis(ChildJvm jvm) {
        long start = System.nanoTime();
        JvmResult result = jvm.run();
        double millis = (System.nanoTime() - start) / 1e6;
        if (result.status() != 0) {
            throw new MeasurementException("A JVM that does nothing ended with " + result);
        }
        return millis;
    }
}
