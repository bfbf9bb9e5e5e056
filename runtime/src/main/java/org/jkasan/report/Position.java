package org.jkasan.report;

/** The line that says where an address lies, seen from a region: left of it, inside, or right. */
final class Position {

    private Position() {}

    /**
     * Appends it.
     *
     * @param state the word for the region, with a space behind, or nothing
     */
    static void append(StringBuilder out, long address, long start, long size, String state) {
        long end = start + size;
        String side;
        long distance;
        if (Long.compareUnsigned(address, start) < 0) {
            side = "to the left";
            distance = start - address;
        } else if (Long.compareUnsigned(address, end) >= 0) {
            side = "to the right";
            distance = address - end;
        } else {
            side = "inside";
            distance = address - start;
        }
        out.append("The buggy address is located ")
                .append(distance)
                .append(" bytes ")
                .append(side)
                .append(" of\n ")
                .append(state)
                .append(size)
                .append("-byte region [")
                .append(Text.address(start))
                .append(", ")
                .append(Text.address(end))
                .append(")\n");
    }
}
