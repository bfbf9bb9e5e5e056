package org.jkasan.testkit.property;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** The kernel of this project under its own test programs, here without KASAN. */
class KernelActionsProperties {

    @Provide
    Arbitrary<Program<KernelSubject>> programs() {
        return KernelActions.table().programs(40);
    }

    @Property(tries = 100)
    void kernel_doesWhatItsModelSays(@ForAll("programs") Program<KernelSubject> program) {
        program.run(KernelSubject::small);
    }

    @Tag("slow")
    @Property(tries = 5000)
    void kernel_doesWhatItsModelSaysForLong(@ForAll("programs") Program<KernelSubject> program) {
        program.run(KernelSubject::small);
    }
}
