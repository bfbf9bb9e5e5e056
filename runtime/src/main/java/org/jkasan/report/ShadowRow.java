package org.jkasan.report;

import java.util.List;

/**
 * Sixteen shadow bytes as they were when the report was filled: the state of 128 bytes of memory.
 *
 * @param address the first byte of memory described, as the program knows it
 * @param shadow the shadow bytes, first address first
 */
public record ShadowRow(long address, List<Byte> shadow) {

    /** Shadow bytes in a row. */
    public static final int GRANULES = 16;

    /** Bytes of memory that a row describes. */
    public static final int BYTES = 128;

    public ShadowRow {
        shadow = List.copyOf(shadow);
        if (shadow.size() != GRANULES) {
            throw new IllegalArgumentException(
                    "A row has " + GRANULES + " shadow bytes, not " + shadow.size() + ".");
        }
    }
}
