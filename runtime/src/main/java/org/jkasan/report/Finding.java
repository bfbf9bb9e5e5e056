package org.jkasan.report;

import java.util.List;
import java.util.Objects;
import org.jkasan.shadow.Shadow;

/**
 * What is known of a bad access: all of a report but its stack. First what the shadow says, which
 * always answers, then what a describer adds.
 *
 * @param type what the bug is
 * @param access the check that failed
 * @param hostFirstBad the first bad byte as a host address; meaningless without shadow
 * @param delta what to add to a host address for the address that the program knows
 * @param regions what holds the address or lies nearest
 * @param notes what could not be found out
 */
record Finding(
        BugType type,
        BadAccess access,
        long hostFirstBad,
        long delta,
        List<Region> regions,
        List<String> notes) {

    /**
     * As far as a bad byte is looked for: no object is longer, and if another thread made the
     * access good meanwhile, terabytes of shadow could be read in vain.
     */
    private static final long LONGEST_SCAN = 1L << 36;

    /**
     * What the shadow says.
     *
     * @param badFree which kind of bad free it is, or null for a read or a write
     */
    static Finding of(BadAccess access, BugType badFree, Shadow shadow) {
        long host = access.hostAddress();
        long firstBad = host;
        BugType type;
        if (badFree != null) {
            type = badFree;
        } else if (BugClassifier.wraps(access.address(), access.size())) {
            type = BugType.OUT_OF_BOUNDS;
        } else if (!ShadowRows.hasShadow(host)) {
            type = access.wild();
        } else {
            firstBad = firstBad(shadow, host, access.size());
            byte bad = ShadowRows.byteAt(shadow, firstBad);
            byte next = ShadowRows.byteAt(shadow, firstBad + Shadow.GRANULE_SIZE);
            type = BugClassifier.ofShadow(bad, next);
        }
        long delta = access.address() - host;
        return new Finding(type, access, firstBad, delta, List.of(), List.of());
    }

    private static long firstBad(Shadow shadow, long host, long size) {
        long scanned = Long.compareUnsigned(size, LONGEST_SCAN) < 0 ? size : LONGEST_SCAN;
        long firstBad = shadow.firstBad(host, scanned);
        // Behind the last address only if another thread made the access good meanwhile.
        return ShadowRows.hasShadow(firstBad) ? firstBad : host;
    }

    /** Whether the address has a shadow, that is, whether anybody could describe it. */
    boolean hasShadow() {
        return ShadowRows.hasShadow(access.hostAddress());
    }

    /**
     * The finding with what describers know.
     *
     * @param answers what they said, at least one
     * @param linuxTitles whether only the kernel's own titles may be used
     */
    Finding describedBy(List<AddressInfo> answers, boolean linuxTitles) {
        List<Region> found =
                answers.stream().map(AddressInfo::region).filter(Objects::nonNull).toList();
        long window = answers.get(0).delta();
        BugType title = linuxTitles ? type : refined(found, hostFirstBad + window);
        return new Finding(title, access, hostFirstBad, window, found, notes);
    }

    /**
     * What it really is that the kernel calls vmalloc-out-of-bounds, for all three have one shadow
     * byte: an access to a freed area, or to a variable on a stack whose scope has ended.
     */
    private BugType refined(List<Region> found, long firstBad) {
        if (type != BugType.VMALLOC_OUT_OF_BOUNDS) {
            return type;
        }
        if (ReportInfo.find(found, StackRegion.class).filter(s -> s.holds(firstBad)).isPresent()) {
            return BugType.STACK_USE_AFTER_SCOPE;
        }
        return ReportInfo.find(found, VmallocRegion.class)
                .filter(area -> area.freed() != null && area.maps(firstBad))
                .map(area -> BugType.VMALLOC_USE_AFTER_FREE)
                .orElse(type);
    }

    /** The finding with notes on what could not be found out. */
    Finding with(List<String> why) {
        return new Finding(type, access, hostFirstBad, delta, regions, List.copyOf(why));
    }

    /**
     * The report's data.
     *
     * @param where the task and the stack of the access
     * @param tainted whether there was a report before
     */
    ReportInfo report(Shadow shadow, Track where, boolean tainted, Machine machine) {
        boolean shadowed = hasShadow();
        long address = shadowed ? access.hostAddress() + delta : access.address();
        return new ReportInfo(
                type,
                access.kind(),
                address,
                access.size(),
                shadowed ? hostFirstBad + delta : address,
                where.task(),
                where.frames(),
                regions,
                shadowed ? ShadowRows.around(shadow, hostFirstBad, delta) : List.of(),
                notes,
                tainted,
                machine);
    }
}
