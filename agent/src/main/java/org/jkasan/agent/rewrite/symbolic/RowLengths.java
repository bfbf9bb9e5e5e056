package org.jkasan.agent.rewrite.symbolic;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of arrays of arrays whose lengths a method's loops compare something with, numbered from
 * 0. The length of whichever row stands for that of the longest one.
 */
public final class RowLengths {

    private final List<ArrayOrigin.Row> rows = new ArrayList<>();

    /** The length of a row. */
    public Affine of(ArrayOrigin.Row row) {
        int number = rows.indexOf(row);
        if (number < 0) {
            number = rows.size();
            rows.add(row);
        }
        return Affine.of(number, Affine.ROW_LENGTH);
    }

    public ArrayOrigin.Row row(int number) {
        return rows.get(number);
    }
}
