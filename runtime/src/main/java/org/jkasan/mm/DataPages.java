package org.jkasan.mm;

import org.jkasan.host.HostMemory;

/** The host memory behind a window's data pages: committed by use, given back here. */
final class DataPages implements Reclaim.Target {

    private final HostMemory host;
    private final KernelWindow window;

    DataPages(HostMemory host, KernelWindow window) {
        this.host = host;
        this.window = window;
    }

    @Override
    public void release(long start, long end) {
        host.discard(window.toHost(start), end - start);
    }
}
