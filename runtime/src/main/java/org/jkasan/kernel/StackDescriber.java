package org.jkasan.kernel;

import java.util.Optional;
import org.jkasan.report.AddressDescriber;
import org.jkasan.report.AddressInfo;
import org.jkasan.report.StackRegion;

/**
 * What a report can say of an address in a task's stack. It takes no lock.
 *
 * <p>The kernel finds the frame by walking the shadow down to the next left redzone. That is a
 * frame further in for an address in an alloca, so here the task's list of its frames is asked.
 */
final class StackDescriber implements AddressDescriber {

    private final Tasks tasks;

    StackDescriber(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public AddressInfo describe(long hostAddress) {
        for (KernelTask task : tasks.live()) {
            long delta = task.stackStart() - task.stack().hostStart();
            if (task.stack().contains(hostAddress + delta)) {
                return new AddressInfo(delta, region(task, hostAddress + delta));
            }
        }
        return null;
    }

    private StackRegion region(KernelTask task, long addr) {
        boolean current = tasks.current() == task;
        return new StackRegion(
                task.identity(),
                current,
                task.stackStart(),
                task.stackEnd(),
                current ? Optional.ofNullable(task.describe(addr)) : Optional.empty());
    }
}
