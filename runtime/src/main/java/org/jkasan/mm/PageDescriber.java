package org.jkasan.mm;

import java.util.List;
import org.jkasan.report.AddressDescriber;
import org.jkasan.report.AddressInfo;

/**
 * What a report can say of the page of RAM that an address is in, whoever owns it: of the direct
 * map's addresses, and of those others at which a page is mapped. The pages of most areas have no
 * frame, and none is made for a report. It waits for no lock.
 */
final class PageDescriber implements AddressDescriber {

    private final KernelWindow directMap;
    private final PageFrames frames;
    private final List<VmallocSpace> spaces;

    PageDescriber(KernelWindow directMap, PageFrames frames, List<VmallocSpace> spaces) {
        this.directMap = directMap;
        this.frames = frames;
        this.spaces = List.copyOf(spaces);
    }

    @Override
    public AddressInfo describe(long hostAddress) {
        if (directMap.ownsHost(hostAddress)) {
            return info(directMap, frames.pfn(directMap.toKernel(hostAddress)));
        }
        for (VmallocSpace space : spaces) {
            if (space.window().ownsHost(hostAddress)) {
                return info(space.window(), space.boundPage(space.window().toKernel(hostAddress)));
            }
        }
        return null;
    }

    private AddressInfo info(KernelWindow window, long pfn) {
        return new AddressInfo(window.delta(), frames.dump(pfn));
    }
}
