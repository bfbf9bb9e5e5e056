package org.jkasan.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jkasan.mm.AreasInUse;
import org.jkasan.mm.InUse;
import org.jkasan.mm.slab.ObjectsInUse;

/**
 * Finds what a kernel has handed out since a moment and not got back: areas, objects, pages of RAM
 * and tasks. Nothing else may happen in the kernel while it looks.
 */
public final class KernelLeaks {

    private final Kernel kernel;
    private final Set<Use> before;
    private final long pagesBefore;

    /** What makes two uses the same. */
    private record Use(String kind, long start) {

        static Use of(InUse inUse) {
            return new Use(inUse.kind(), inUse.start());
        }
    }

    private KernelLeaks(Kernel kernel) {
        this.kernel = kernel;
        this.before = new HashSet<>();
        inUse().forEach(inUse -> before.add(Use.of(inUse)));
        this.pagesBefore = pages();
    }

    /** Takes whatever is in use now as no leak. */
    public static KernelLeaks from(Kernel kernel) {
        return new KernelLeaks(kernel);
    }

    /**
     * What has leaked, one sentence each, once all that was put off is done: work, grace periods
     * and purges.
     */
    public List<String> find() {
        kernel.rcu().barrier();
        kernel.flushWork();
        kernel.vmalloc().purge();
        List<String> leaks = new ArrayList<>();
        for (InUse inUse : inUse()) {
            if (!before.contains(Use.of(inUse))) {
                leaks.add(inUse.toString());
            }
        }
        long pages = pages() - pagesBefore;
        if (pages > 0) {
            leaks.add(pages + (pages == 1 ? " page" : " pages") + " of RAM");
        }
        return leaks;
    }

    private List<InUse> inUse() {
        Tasks tasks = kernel.tasks();
        List<InUse> all = new ArrayList<>(AreasInUse.areas(kernel.mm(), tasks::isStack));
        all.addAll(ObjectsInUse.objects(kernel.slab()));
        for (KernelTask task : tasks.live()) {
            long size = task.stackEnd() - task.stackStart();
            all.add(
                    new InUse(
                            "task " + task.comm() + " with stack", task.stackStart(), size, null));
        }
        return all;
    }

    /** Pages of RAM that were asked for as such. */
    private long pages() {
        return AreasInUse.pages(kernel.mm()) - ObjectsInUse.pages(kernel.slab());
    }
}
