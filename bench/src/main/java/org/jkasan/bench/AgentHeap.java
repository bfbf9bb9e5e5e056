package org.jkasan.bench;

import java.util.List;
import org.jkasan.bench.footprint.LiveHeap;
import org.jkasan.samples.launch.ChildJvm;

/** The live heap, in MiB, that a program of some thousand classes has more with the agent. */
record AgentHeap(Goal goal) implements Row {

    @Override
    public Estimate measure(Bed bed) {
        ChildJvm without = program(bed, Kasan.ABSENT);
        ChildJvm with = program(bed, Kasan.ON);
        return bed.repeat(
                () -> ProgramFigure.figure(with.run()) - ProgramFigure.figure(without.run()));
    }

    private static ChildJvm program(Bed bed, Kasan kasan) {
        return ChildJvm.on(bed.jdk())
                // what only softly holds on to memory would be there or not as it happens
                .options("-Xmx512m", "-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0")
                .options(kasan.options(bed).toArray(String[]::new))
                .main(
                        List.of(AgentJar.here()),
                        LiveHeap.class.getName(),
                        String.valueOf(bed.effort().most(Integer.MAX_VALUE)));
    }
}
