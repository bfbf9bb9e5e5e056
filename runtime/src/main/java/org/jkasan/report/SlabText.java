package org.jkasan.report;

/** The part of a report that is about an object of a slab: tracks, cache and position. */
final class SlabText {

    private SlabText() {}

    static void appendTracks(StringBuilder out, SlabRegion object) {
        if (object.allocated() != null) {
            Text.appendTrack(out, "Allocated", object.allocated());
        }
        if (object.freed() != null) {
            Text.appendTrack(out, "Freed", object.freed());
        }
        for (int i = 0; i < object.works().size(); i++) {
            appendWork(out, i, object.works().get(i));
        }
    }

    static void append(StringBuilder out, SlabRegion object, ReportInfo info) {
        if (object.cache() != null) {
            out.append("\nThe buggy address belongs to the object at ")
                    .append(Text.address(object.start()))
                    .append("\n which belongs to the cache ")
                    .append(Text.clean(object.cache()))
                    .append(" of size ")
                    .append(object.objectSize())
                    .append('\n');
        } else {
            out.append('\n');
        }
        Position.append(out, info.address(), object.start(), object.size(), state(info.type()));
    }

    private static void appendWork(StringBuilder out, int before, Track track) {
        out.append(before == 0 ? "\nLast" : "\nSecond to last")
                .append(" potentially related work creation:\n");
        Text.appendTrackFrames(out, track.frames());
    }

    /** The kernel's word for the region, which it knows from the title alone. */
    private static String state(BugType type) {
        return switch (type) {
            case SLAB_OUT_OF_BOUNDS -> "allocated ";
            case SLAB_USE_AFTER_FREE -> "freed ";
            default -> "";
        };
    }
}
