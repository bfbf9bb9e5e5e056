package org.jkasan.bench;

import java.util.Map;
import java.util.TreeMap;

/** A row that is measured once on each JDK, however many others ask for it. */
record Remembered(Row row, Map<String, Estimate> measured) implements Row {

    static Remembered of(Row row) {
        return new Remembered(row, new TreeMap<>());
    }

    @Override
    public Goal goal() {
        return row.goal();
    }

    @Override
    public Estimate measure(Bed bed) {
        return measured.computeIfAbsent(bed.jdk().version(), jdk -> row.measure(bed));
    }
}
