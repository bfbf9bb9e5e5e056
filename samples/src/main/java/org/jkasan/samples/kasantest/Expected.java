package org.jkasan.samples.kasantest;

import org.jkasan.report.AccessKind;
import org.jkasan.report.BugType;
import org.jkasan.report.ReportInfo;
import org.jkasan.report.SlabRegion;
import org.jkasan.report.VariableRegion;
import org.jkasan.report.VmallocRegion;

/**
 * A report that has to come.
 *
 * @param type its title
 * @param kind what the bad access does
 * @param size bytes accessed, unsigned; 0 for a free
 * @param object the address of the object that is got wrong
 * @param offset where the access begins, from the object's start on
 * @param work whether it names who created work that is about the object
 */
record Expected(BugType type, AccessKind kind, long size, long object, long offset, boolean work) {

    Expected(BugType type, AccessKind kind, long size, long object, long offset) {
        this(type, kind, size, object, offset, false);
    }

    static Expected doubleFree(long object) {
        return new Expected(BugType.DOUBLE_FREE, AccessKind.FREE, 0, object, 0);
    }

    static Expected invalidFree(long object, long offset) {
        return new Expected(BugType.INVALID_FREE, AccessKind.FREE, 0, object, offset);
    }

    /** The same, and who created the work that led to it is named, too. */
    Expected afterWork() {
        return new Expected(type, kind, size, object, offset, true);
    }

    boolean matches(ReportInfo info) {
        return info.type() == type
                && info.kind() == kind
                && info.size() == size
                && info.address() == object + offset
                && isAbout(info)
                && isHere(info)
                && (!work
                        || info.slab()
                                .map(SlabRegion::works)
                                .filter(w -> !w.isEmpty())
                                .isPresent());
    }

    /**
     * Whether what it names is the object. Left of an object lies another one, and a stack is in an
     * area of vmalloc space, which is not what a bad access to a variable on it is about.
     */
    private boolean isAbout(ReportInfo info) {
        boolean area = type == BugType.VMALLOC_OUT_OF_BOUNDS;
        return offset < 0
                || info.slab().map(SlabRegion::start).orElse(object) == object
                        && info.variable().map(VariableRegion::start).orElse(object) == object
                        && (!area || info.vmalloc().map(VmallocRegion::start).orElse(0L) == object);
    }

    /** Whether it is at a line of the cases, not of what they call or are called by. */
    private static boolean isHere(ReportInfo info) {
        return !info.frames().isEmpty()
                && Expectations.isOfCases(info.frames().get(0).getFileName());
    }

    @Override
    public String toString() {
        return describe(type, kind, size) + " at offset " + offset + " of " + hex(object);
    }

    /** A report in the same words. */
    static String describe(ReportInfo info) {
        return describe(info.type(), info.kind(), info.size()) + " at " + hex(info.address());
    }

    private static String describe(BugType type, AccessKind kind, long size) {
        String access =
                switch (kind) {
                    case READ -> "read of size " + Long.toUnsignedString(size);
                    case WRITE -> "write of size " + Long.toUnsignedString(size);
                    case FREE -> "free";
                };
        return type.title() + ", " + access;
    }

    private static String hex(long address) {
        return String.format("%016x", address);
    }
}
