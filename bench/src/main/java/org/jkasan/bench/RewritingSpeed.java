package org.jkasan.bench;

import java.util.List;
import org.jkasan.bench.footprint.RewriteModules;
import org.jkasan.samples.launch.ChildJvm;

/** How many classes a second one core rewrites, in a JVM that begins with it. */
record RewritingSpeed(Goal goal) implements Row {

    /** About as many as a large application has. */
    private static final int CLASSES = 20_000;

    @Override
    public Estimate measure(Bed bed) {
        ChildJvm jvm =
                ChildJvm.on(bed.jdk())
                        .options("-Xmx1g", "-XX:+UseSerialGC")
                        .main(
                                List.of(AgentJar.here()),
                                RewriteModules.class.getName(),
                                bed.agent().toString(),
                                String.valueOf(bed.effort().most(CLASSES)));
        return bed.repeat(() -> ProgramFigure.figure(jvm.run()));
    }
}
