package org.jkasan.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** Checks a whole memory manager, while nothing else happens in it. */
public final class Invariants {

    /*
     * Each window is what its areas say, and what they, the page frames and the shadow take is what
     * RAM has lost.
     */

    private static final int SHOWN = 20;

    private final MemoryManager mm;
    private final List<String> violations = new ArrayList<>();

    private Invariants(MemoryManager mm) {
        this.mm = mm;
    }

    /**
     * Checks everything.
     *
     * @throws IllegalStateException that lists what does not hold
     */
    public static void check(MemoryManager mm) {
        check(mm, addr -> false);
    }

    /**
     * Checks everything, but the shadow of objects whose owners write it themselves.
     *
     * @param ownShadow whether an address is in such an object
     * @throws IllegalStateException that lists what does not hold
     */
    public static void check(MemoryManager mm, LongPredicate ownShadow) {
        Invariants check = new Invariants(mm);
        check.memory(ownShadow);
        if (!check.violations.isEmpty()) {
            List<String> shown =
                    check.violations.subList(0, Math.min(SHOWN, check.violations.size()));
            throw new IllegalStateException(
                    check.violations.size() + " violations: " + String.join("; ", shown));
        }
    }

    private void memory(LongPredicate ownShadow) {
        long taken = 0;
        for (VmallocSpace space : mm.spaces().all()) {
            taken +=
                    new SpaceCheck(space, mm.frames(), violations::add).check(mm.host(), ownShadow);
        }
        mm.percpu().check(violations::add);
        mm.data().check(violations::add);
        taken += mm.frames().check(violations::add);
        mm.ram().check(violations::add);
        expect(
                mm.ram().free() == mm.ram().total() - taken,
                mm.ram().free() + " pages of RAM are free, but " + taken + " are used");
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
