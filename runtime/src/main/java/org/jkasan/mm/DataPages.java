package org.jkasan.mm;

import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;

/** The host memory behind a window's data pages: committed by use, given back here. */
final class DataPages implements Reclaim.Target {

    private final HostMemory host;
    private final KernelWindow window;
    private final PageBinder binder;

    DataPages(HostMemory host, KernelWindow window, PageBinder binder) {
        this.host = host;
        this.window = window;
        this.binder = binder;
    }

    /**
     * Where the host takes nothing back, or pages of RAM are or were bound and it has no room to
     * undo that, they stay.
     */
    @Override
    public void release(long start, long end) {
        try {
            if (!binder.restore(start, end)) {
                host.discard(window.toHost(start), end - start);
            }
        } catch (HostMemoryException e) {
            return; // the addresses are free all the same
        }
    }
}
