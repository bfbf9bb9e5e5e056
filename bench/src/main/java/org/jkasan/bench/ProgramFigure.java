package org.jkasan.bench;

import java.util.List;
import java.util.function.ToIntFunction;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.JvmResult;

/**
 * The figure that a program prints, alone, in a JVM of its own; its argument says how much work to
 * measure.
 */
record ProgramFigure(Goal goal, Class<?> program, Kasan kasan, ToIntFunction<Effort> work)
        implements Row {

    @Override
    public Estimate measure(Bed bed) {
        ChildJvm jvm =
                ChildJvm.on(bed.jdk())
                        .options(JmhFork.ownOptions(bed.jdk()).toArray(String[]::new))
                        .options(kasan.options(bed).toArray(String[]::new))
                        .main(
                                List.of(AgentJar.here()),
                                program.getName(),
                                String.valueOf(work.applyAsInt(bed.effort())));
        return bed.repeat(() -> figure(jvm.run()));
    }

    /** What a JVM that ended well has printed. */
    static double figure(JvmResult result) {
        try {
            if (result.status() == 0) {
                return Double.parseDouble(result.out().strip());
            }
        } catch (NumberFormatException e) {
            throw new MeasurementException("Expected one figure, but there was " + result, e);
        }
        throw new MeasurementException("A measuring program failed with " + result);
    }
}
