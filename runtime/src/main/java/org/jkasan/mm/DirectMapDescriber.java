package org.jkasan.mm;

import org.jkasan.report.AddressDescriber;
import org.jkasan.report.AddressInfo;

/** What a report can say of an address in the direct map, whoever owns the page: its address. */
final class DirectMapDescriber implements AddressDescriber {

    private final KernelWindow window;

    DirectMapDescriber(KernelWindow window) {
        this.window = window;
    }

    @Override
    public AddressInfo describe(long hostAddress) {
        return window.ownsHost(hostAddress) ? new AddressInfo(window.delta(), null) : null;
    }
}
