package org.jkasan.testkit.program;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jkasan.testkit.property.FalsifiedByKasan;
import org.jkasan.testkit.property.KasanArbitraries;
import org.jkasan.testkit.property.KernelActions;
import org.jkasan.testkit.property.KernelSubject;
import org.jkasan.testkit.property.Program;

/** Properties of the kernel itself: one that holds, and some that a report falsifies. */
@FalsifiedByKasan
class FaultyKernelProperty {

    @Provide
    Arbitrary<Program<KernelSubject>> programs() {
        return KernelActions.table().programs(40);
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return KasanArbitraries.sizes(10_000);
    }

    @Property(tries = 300)
    void reportsExactlyWhatIsBad(@ForAll("programs") Program<KernelSubject> program) {
        program.run(KernelSubject::small);
    }

    /** Reads a byte too far above 100 bytes. */
    @Property
    void readsTooFar(@ForAll("sizes") int size) {
        try (KernelSubject subject = KernelSubject.small()) {
            long addr = subject.kernel().vmalloc().vmalloc(size);
            subject.kernel().memory().loadByte(addr + size - (size > 100 ? 0 : 1));
            subject.kernel().vmalloc().vfree(addr);
        }
    }
}
