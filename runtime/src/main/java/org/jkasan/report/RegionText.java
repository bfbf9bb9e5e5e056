package org.jkasan.report;

import java.util.Optional;

/**
 * The part of a report that says whose memory it is, in the kernel's order: tracks, object,
 * variable, stack, vmalloc, page. Of an address in the current task's stack the frame says where it
 * lies, and of the area only its line is left, as in the kernel.
 */
final class RegionText {

    private RegionText() {}

    static void append(StringBuilder out, ReportInfo info) {
        Optional<StackRegion> stack = info.stack().filter(StackRegion::current);
        Optional<VmallocRegion> area = info.vmalloc();
        info.slab().ifPresent(object -> SlabText.appendTracks(out, object));
        area.filter(region -> stack.isEmpty()).ifPresent(own -> VmallocText.appendTracks(out, own));
        info.slab().ifPresent(object -> SlabText.append(out, object, info));
        info.variable().ifPresent(own -> appendVariable(out, own, info.address()));
        stack.ifPresent(own -> StackText.append(out, own, info.address()));
        boolean inVmalloc = area.isPresent() || info.type().isVmalloc() || info.stack().isPresent();
        if (inVmalloc) {
            out.append('\n');
            VmallocText.append(out, area, info.address());
            area.filter(region -> stack.isEmpty())
                    .ifPresent(own -> VmallocText.appendPosition(out, own, info.address()));
        }
        info.page().ifPresent(page -> PageText.append(inVmalloc ? out : out.append('\n'), page));
    }

    private static void appendVariable(StringBuilder out, VariableRegion variable, long address) {
        long offset = address - variable.start();
        out.append("\nThe buggy address belongs to the variable:\n ")
                .append(Text.clean(variable.name()))
                .append(offset < 0 ? "-0x" : "+0x")
                .append(Long.toHexString(Math.abs(offset)))
                .append("/0x")
                .append(Long.toHexString(variable.size()))
                .append('\n');
    }
}
