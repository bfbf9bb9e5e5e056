package org.jkasan.report;

import java.util.List;
import java.util.Optional;

/** The part of a report that says which area of vmalloc space holds the address. */
final class VmallocText {

    private VmallocText() {}

    static void appendTracks(StringBuilder out, VmallocRegion region) {
        if (region.allocated() != null) {
            Text.appendTrack(out, "Allocated", region.allocated());
        }
        if (region.freed() != null) {
            Text.appendTrack(out, "Freed", region.freed());
        }
    }

    /** The line of an area, or of none that is known. */
    static void append(StringBuilder out, Optional<VmallocRegion> known, long address) {
        if (known.filter(region -> region.holdsOrGuards(address)).isEmpty()) {
            out.append("The buggy address belongs to a vmalloc virtual mapping\n");
            return;
        }
        VmallocRegion region = known.get();
        out.append("The buggy address belongs to a ")
                .append(region.pages())
                .append("-page vmalloc region starting at 0x")
                .append(Text.address(region.start()));
        List<StackTraceElement> frames =
                region.allocated() == null ? List.of() : region.allocated().frames();
        if (!frames.isEmpty()) {
            out.append(" allocated at ").append(Text.frame(frames.get(0)));
        }
        out.append('\n');
    }

    /** Where in the object the address lies, which the kernel does not say. */
    static void appendPosition(StringBuilder out, VmallocRegion region, long address) {
        String state = region.freed() == null ? "allocated " : "freed ";
        Position.append(out, address, region.start(), region.requestedSize(), state);
    }
}
