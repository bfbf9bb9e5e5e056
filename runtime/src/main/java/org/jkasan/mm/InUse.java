package org.jkasan.mm;

import org.jkasan.report.Track;

/**
 * Something that a kernel has handed out and not got back.
 *
 * @param kind what it is, in one or two words
 * @param start its address
 * @param size bytes
 * @param allocated who allocated it, or null where nobody keeps that
 */
public record InUse(String kind, long start, long size, Track allocated) {

    @Override
    public String toString() {
        String place =
                allocated == null || allocated.frames().isEmpty()
                        ? ""
                        : " allocated at " + allocated.frames().get(0);
        return kind + " of " + size + " bytes at " + Faults.hex(start) + place;
    }
}
