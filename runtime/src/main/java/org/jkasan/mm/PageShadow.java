package org.jkasan.mm;

import org.jkasan.host.HostMemory;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/**
 * The shadow of the direct map. A page that was never allocated is not poisoned, as it is in
 * kernels that initialise their pages late: to poison all of RAM would commit an eighth of it on
 * the host.
 */
final class PageShadow implements PageKasan {

    private final HostMemory host;
    private final Shadow shadow;
    private final KernelWindow window;

    PageShadow(HostMemory host, Shadow shadow, KernelWindow window) {
        this.host = host;
        this.shadow = shadow;
        this.window = window;
    }

    @Override
    public void alloc(long hostAddress, long bytes) {
        shadow.unpoison(hostAddress, bytes);
    }

    @Override
    public void free(long hostAddress, long bytes) {
        shadow.poison(hostAddress, bytes, ShadowByte.PAGE_FREE);
    }

    @Override
    public void close() {
        long first = shadow.shadowAddress(window.hostStart());
        long end = shadow.shadowAddress(window.hostStart() + window.reserved());
        host.discard(first, end - first);
    }
}
