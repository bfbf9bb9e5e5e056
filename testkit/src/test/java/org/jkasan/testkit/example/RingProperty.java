package org.jkasan.testkit.example;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jkasan.samples.ring.Header;
import org.jkasan.testkit.property.FalsifiedByKasan;
import org.jkasan.testkit.property.Program;

/** The property of the example. Run in child JVMs with the agent: the second one is falsified. */
@FalsifiedByKasan
class RingProperty {

    @Provide
    Arbitrary<Program<RingSubject>> programs() {
        return RingSubject.actions().programs(30);
    }

    @Property(tries = 1000)
    void bytes(@ForAll("programs") Program<RingSubject> program) {
        program.run(() -> new RingSubject(Header.BYTES));
    }

    @Property(tries = 1000)
    void whole(@ForAll("programs") Program<RingSubject> program) {
        program.run(() -> new RingSubject(Header.WHOLE));
    }
}
