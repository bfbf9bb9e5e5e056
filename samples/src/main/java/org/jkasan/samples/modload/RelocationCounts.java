package org.jkasan.samples.modload;

import java.util.ArrayList;
import java.util.List;

/** What became of the relocations of one section, by type, in vmalloc'ed counters. */
final class RelocationCounts {

    private final String section;
    private final int entries;
    private final RelocationTypes types;
    private final int[] seen;
    private final int[] applied;

    RelocationCounts(LoadContext context, String section, int entries, RelocationTypes types)
            throws BadModuleException {
        this.section = section;
        this.entries = entries;
        this.types = types;
        this.seen = context.devres().ints(types.rows());
        this.applied = context.devres().ints(types.rows());
        for (int row = 0; row < types.rows(); row++) {
            seen[row] = 0;
            applied[row] = 0;
        }
    }

    void count(int row, boolean wasApplied) {
        seen[row]++;
        if (wasApplied) {
            applied[row]++;
        }
    }

    int applied() {
        int sum = 0;
        for (int row = 0; row < types.rows(); row++) {
            sum += applied[row];
        }
        return sum;
    }

    /** One line for the section and one for each type that it has. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Relocation section '%s' contains %d entries:".formatted(section, entries));
        for (int row = 0; row < types.rows(); row++) {
            if (seen[row] != 0) {
                lines.add(
                        "  %-26s %8d, %d applied"
                                .formatted(types.row(row).name(), seen[row], applied[row]));
            }
        }
        return lines;
    }
}
