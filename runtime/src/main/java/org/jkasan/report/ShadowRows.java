package org.jkasan.report;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.shadow.Shadow;

/** Reads the shadow for a report, and only where the host's address space has one. */
final class ShadowRows {

    /** Rows before and after the one that holds the address. */
    private static final int AROUND = 2;

    private ShadowRows() {}

    /** Whether a value is a host address: all of those have a shadow, and nothing else has. */
    static boolean hasShadow(long host) {
        return Long.compareUnsigned(host, Shadow.ADDRESS_LIMIT) < 0;
    }

    /** What the shadow says of a host address; behind the last one there is nothing to forbid. */
    static byte byteAt(Shadow shadow, long host) {
        return hasShadow(host) ? shadow.effective(host) : 0;
    }

    /**
     * The rows around a host address, lowest first.
     *
     * @param delta what to add to a host address for the address that the program knows
     */
    static List<ShadowRow> around(Shadow shadow, long hostAddress, long delta) {
        long middle = hostAddress & -ShadowRow.BYTES;
        List<ShadowRow> rows = new ArrayList<>(2 * AROUND + 1);
        for (int i = -AROUND; i <= AROUND; i++) {
            long host = middle + (long) i * ShadowRow.BYTES;
            if (hasShadow(host)) {
                rows.add(new ShadowRow(host + delta, boxed(shadow.row(host))));
            }
        }
        return rows;
    }

    private static List<Byte> boxed(byte[] row) {
        List<Byte> bytes = new ArrayList<>(row.length);
        for (byte shadow : row) {
            bytes.add(shadow);
        }
        return bytes;
    }
}
