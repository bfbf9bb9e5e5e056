package org.jkasan.report;

/** The part of a report that says which page of RAM holds the address. */
final class PageText {

    private PageText() {}

    static void append(StringBuilder out, PageRegion page) {
        out.append("The buggy address belongs to the physical page:\n")
                .append("page: refcount:")
                .append(page.refcount())
                .append(" pfn:0x")
                .append(Long.toHexString(page.pfn()))
                .append('\n');
        if (page.compound()) {
            out.append("head: order:").append(page.order()).append('\n');
        }
        out.append("flags: ")
                .append(page.compound() ? "head|zone=" : "zone=")
                .append(page.zone())
                .append('\n');
        switch (page.use()) {
            case UNTYPED -> {}
            case BUDDY -> out.append("page_type: f0(buddy)\n");
            case SLAB -> out.append("page_type: f5(slab)\n");
        }
        out.append("page dumped because: kasan: bad access detected\n");
        page.owner().ifPresent(owner -> appendOwner(out, owner));
    }

    private static void appendOwner(StringBuilder out, PageOwner owner) {
        out.append("page_owner tracks the page as ")
                .append(owner.allocated() ? "allocated" : "freed")
                .append("\npage last allocated via order ")
                .append(owner.order())
                .append(", ");
        appendTrack(out, owner.allocatedBy());
        if (owner.freedBy() == null) {
            out.append("page_owner free stack trace missing\n");
        } else {
            out.append("page last free ");
            appendTrack(out, owner.freedBy());
        }
    }

    private static void appendTrack(StringBuilder out, Track track) {
        out.append("pid ")
                .append(track.task().pid())
                .append(" (")
                .append(Text.clean(track.task().comm()))
                .append(") stack trace:\n");
        Text.appendTrackFrames(out, track.frames());
    }
}
