package org.jkasan.check;

import org.jkasan.report.BugType;

/**
 * An address space of one window over the memory of {@link TestSanitizer}, from one of its pages
 * on; the rest is titled as a kernel with 4 levels would, but for where user space ends.
 */
record TestWindow(int page, long userEnd) implements AddressSpace {

    static final long START = 0xffffc90000000000L;
    static final long SIZE = 16 * 4096;

    private static final long KERNEL = 0xffff800000000000L;

    @Override
    public long hostAddress(long address) {
        return Long.compareUnsigned(address - START, SIZE) < 0
                ? address - START + TestSanitizer.REGION + 4096L * page
                : AddressSpace.NO_SHADOW;
    }

    @Override
    public BugType wildAccess(long address) {
        if (Long.compareUnsigned(address, KERNEL) >= 0) {
            return null;
        }
        if (Long.compareUnsigned(address, 4096) < 0) {
            return BugType.NULL_PTR_DEREF;
        }
        return address > 0 && address < userEnd
                ? BugType.USER_MEMORY_ACCESS
                : BugType.WILD_MEMORY_ACCESS;
    }
}
