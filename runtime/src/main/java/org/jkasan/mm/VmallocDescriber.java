package org.jkasan.mm;

import org.jkasan.report.AddressDescriber;
import org.jkasan.report.AddressInfo;

/** What a report can say of an address in vmalloc space. It waits for no lock. */
final class VmallocDescriber implements AddressDescriber {

    private final KernelWindow window;
    private final VmapAreas areas;

    VmallocDescriber(KernelWindow window, VmapAreas areas) {
        this.window = window;
        this.areas = areas;
    }

    /** The area whose object, redzone or guard page holds the address, live or lazily freed. */
    @Override
    public AddressInfo describe(long hostAddress) {
        if (!window.ownsHost(hostAddress)) {
            return null;
        }
        return new AddressInfo(window.delta(), areas.describe(window.toKernel(hostAddress)));
    }
}
