package org.jkasan.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkasan.shadow.Shadow;

/**
 * What the shadow and the describers say of a bad access: all of a report but its stack.
 *
 * @param type what the bug is
 * @param access the check that failed
 * @param hostFirstBad the first bad byte as a host address; meaningless without shadow
 * @param delta what to add to a host address for the address that the program knows
 * @param region the vmap area that holds the address or lies nearest, or null
 * @param notes what could not be found out
 */
record Finding(
        BugType type,
        BadAccess access,
        long hostFirstBad,
        long delta,
        VmallocRegion region,
        List<String> notes) {

    /**
     * Looks into an access.
     *
     * @param badFree which kind of bad free it is, or null for a read or a write
     * @param linuxTitles whether only the kernel's own titles may be used
     */
    static Finding of(
            BadAccess access,
            BugType badFree,
            Shadow shadow,
            Describers describers,
            boolean linuxTitles) {
        long host = access.hostAddress();
        if (!hasShadow(host)) {
            return new Finding(wildType(access, badFree), access, host, 0, null, List.of());
        }
        List<String> notes = new ArrayList<>(0);
        AddressInfo info = describers.describe(host, notes);
        long delta = info == null ? access.address() - host : info.delta();
        VmallocRegion region = info == null ? null : info.region();
        boolean negative = BugClassifier.wraps(access.address(), access.size());
        long firstBad = badFree == null && !negative ? shadow.firstBad(host, access.size()) : host;
        BugType type = badFree;
        if (type == null) {
            type = negative ? BugType.OUT_OF_BOUNDS : shadowType(shadow, firstBad);
            if (type == BugType.VMALLOC_OUT_OF_BOUNDS
                    && !linuxTitles
                    && region != null
                    && region.freed() != null
                    && region.maps(firstBad + delta)) {
                type = BugType.VMALLOC_USE_AFTER_FREE;
            }
        }
        return new Finding(type, access, firstBad, delta, region, notes);
    }

    private static BugType wildType(BadAccess access, BugType badFree) {
        if (badFree != null) {
            return badFree;
        }
        return BugClassifier.wraps(access.address(), access.size())
                ? BugType.OUT_OF_BOUNDS
                : BugClassifier.ofWild(access.address());
    }

    private static BugType shadowType(Shadow shadow, long hostFirstBad) {
        long next = hostFirstBad + Shadow.GRANULE_SIZE;
        return BugClassifier.ofShadow(byteAt(shadow, hostFirstBad), byteAt(shadow, next));
    }

    private static byte byteAt(Shadow shadow, long host) {
        return hasShadow(host) ? shadow.load(host) : 0;
    }

    static boolean hasShadow(long host) {
        return Long.compareUnsigned(host, Shadow.ADDRESS_LIMIT) < 0;
    }

    /** The finding with the task and the stack it was made on, as the report prints it. */
    ReportInfo report(Shadow shadow, Track where, boolean tainted, Machine machine) {
        boolean shadowed = hasShadow(access.hostAddress());
        return new ReportInfo(
                type,
                access.kind(),
                shadowed ? access.hostAddress() + delta : access.address(),
                access.size(),
                shadowed ? hostFirstBad + delta : access.address(),
                where.task(),
                where.frames(),
                Optional.ofNullable(region),
                shadowed ? ShadowRows.around(shadow, hostFirstBad, delta) : List.of(),
                notes,
                tainted,
                machine);
    }
}
