package org.jkasan.report;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.shadow.Shadow;

/** The shadow around an address, five rows of it. */
final class ShadowRows {

    /** Rows before and after the one that holds the address. */
    private static final int AROUND = 2;

    private ShadowRows() {}

    /**
     * The rows, lowest first; those outside the host's address space are left out.
     *
     * @param delta what to add to a host address for the address that the program knows
     */
    static List<ShadowRow> around(Shadow shadow, long hostAddress, long delta) {
        long middle = hostAddress & -ShadowRow.BYTES;
        List<ShadowRow> rows = new ArrayList<>(2 * AROUND + 1);
        for (int i = -AROUND; i <= AROUND; i++) {
            long host = middle + (long) i * ShadowRow.BYTES;
            if (Finding.hasShadow(host)) {
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
