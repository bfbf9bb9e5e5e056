package org.jkasan.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.mm.Invariants;
import org.jkasan.mm.slab.SlabCheck;

/** Checks a whole kernel, while nothing else happens in it. */
public final class KernelInvariants {

    private KernelInvariants() {}

    /**
     * Checks the kernel's memory, and the stack of each live task against its open frames. What a
     * stack in a cache holds is nobody's business until it is used again.
     *
     * @throws IllegalStateException that lists what does not hold
     */
    public static void check(Kernel kernel) {
        Tasks tasks = kernel.tasks();
        Invariants.check(kernel.mm(), tasks::isStack);
        List<String> violations = new ArrayList<>();
        SlabCheck.check(kernel.slab(), kernel.shadow().orElse(null), violations::add);
        for (KernelTask task : tasks.live()) {
            StackCheck check = new StackCheck(kernel.memory(), task, violations::add);
            check.frames();
            kernel.shadow().ifPresent(check::shadow);
        }
        if (!violations.isEmpty()) {
            throw new IllegalStateException(String.join("; ", violations));
        }
    }
}
