package org.jkasan.mm;

/**
 * An area as it was when it was looked at, which may have changed since.
 *
 * @param start its first address
 * @param end the first address behind it and its guard page
 * @param vm what it was used for; null where it waited for its next use
 */
record AreaView(long start, long end, VmStruct vm) {

    static AreaView of(VmapArea area) {
        return new AreaView(area.start, area.end, area.vm);
    }

    /** Bytes, the guard pages among them. */
    long size() {
        return end - start;
    }

    /** Whether it is in use. */
    boolean isLive() {
        return vm != null && vm.isLive();
    }
}
