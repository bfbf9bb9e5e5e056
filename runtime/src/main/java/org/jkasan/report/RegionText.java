package org.jkasan.report;

import java.util.List;
import java.util.Optional;

/**
 * The part of a report that says whose memory it is: tracks, region and position in it. Of an
 * address in the current task's stack the frame says that, and of the area only its line is left,
 * as in the kernel.
 */
final class RegionText {

    private RegionText() {}

    static void append(StringBuilder out, ReportInfo info) {
        info.slab().ifPresent(object -> SlabText.append(out, object, info));
        Optional<StackRegion> stack = info.stack().filter(StackRegion::current);
        stack.ifPresent(own -> StackText.append(out, own, info.address()));
        if (info.vmalloc().isEmpty()) {
            if (info.type().isVmalloc() || info.stack().isPresent()) {
                out.append("\nThe buggy address belongs to a vmalloc virtual mapping\n");
            }
            return;
        }
        VmallocRegion region = info.vmalloc().get();
        if (stack.isEmpty()) {
            appendTracks(out, region);
        }
        out.append('\n');
        appendRegion(out, region, info.address());
        if (stack.isEmpty()) {
            String state = region.freed() == null ? "allocated " : "freed ";
            Position.append(out, info.address(), region.start(), region.requestedSize(), state);
        }
    }

    private static void appendTracks(StringBuilder out, VmallocRegion region) {
        if (region.allocated() != null) {
            Text.appendTrack(out, "Allocated", region.allocated());
        }
        if (region.freed() != null) {
            Text.appendTrack(out, "Freed", region.freed());
        }
    }

    private static void appendRegion(StringBuilder out, VmallocRegion region, long address) {
        if (!region.holdsOrGuards(address)) {
            out.append("The buggy address belongs to a vmalloc virtual mapping\n");
            return;
        }
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
}
