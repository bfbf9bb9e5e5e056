package org.jkasan.samples.modload;

import java.util.ArrayList;
import java.util.List;

/** The relocation types of one machine, by row; the last row stands for all that are not known. */
final class RelocationTypes {

    private static final int CODES = 2048;

    private final List<RelocationType> rows = new ArrayList<>();
    private final int[] rowOfCode = new int[CODES];
    private int relative;

    private RelocationTypes() {}

    static RelocationTypes of(Machine machine) {
        RelocationTypes types = new RelocationTypes();
        switch (machine) {
            case X86_64 -> types.addX86();
            case AARCH64 -> types.addAarch64();
        }
        int other = types.rows.size();
        types.rows.add(new RelocationType(-1, "other", RelocationRule.SKIP, 1));
        for (int code = 0; code < CODES; code++) {
            if (types.rowOfCode[code] == 0) {
                types.rowOfCode[code] = other;
            } else {
                types.rowOfCode[code]--;
            }
        }
        return types;
    }

    private void addX86() {
        add(0, "R_X86_64_NONE", RelocationRule.NONE, 0);
        add(1, "R_X86_64_64", RelocationRule.ABSOLUTE, 8);
        add(2, "R_X86_64_PC32", RelocationRule.PC_RELATIVE, 4);
        add(4, "R_X86_64_PLT32", RelocationRule.PC_RELATIVE, 4);
        add(5, "R_X86_64_COPY", RelocationRule.SKIP, 1);
        add(6, "R_X86_64_GLOB_DAT", RelocationRule.SYMBOL, 8);
        add(7, "R_X86_64_JUMP_SLOT", RelocationRule.SYMBOL, 8);
        add(8, "R_X86_64_RELATIVE", RelocationRule.RELATIVE, 8);
        add(9, "R_X86_64_GOTPCREL", RelocationRule.SKIP, 1);
        add(10, "R_X86_64_32", RelocationRule.SKIP, 1);
        add(11, "R_X86_64_32S", RelocationRule.SKIP, 1);
        add(16, "R_X86_64_DTPMOD64", RelocationRule.SKIP, 1);
        add(17, "R_X86_64_DTPOFF64", RelocationRule.SKIP, 1);
        add(18, "R_X86_64_TPOFF64", RelocationRule.SKIP, 1);
        add(24, "R_X86_64_PC64", RelocationRule.PC_RELATIVE, 8);
        add(36, "R_X86_64_TLSDESC", RelocationRule.SKIP, 1);
        add(37, "R_X86_64_IRELATIVE", RelocationRule.SKIP, 1);
        add(41, "R_X86_64_GOTPCRELX", RelocationRule.SKIP, 1);
        add(42, "R_X86_64_REX_GOTPCRELX", RelocationRule.SKIP, 1);
    }

    private void addAarch64() {
        add(0, "R_AARCH64_NONE", RelocationRule.NONE, 0);
        add(257, "R_AARCH64_ABS64", RelocationRule.ABSOLUTE, 8);
        add(258, "R_AARCH64_ABS32", RelocationRule.SKIP, 1);
        add(260, "R_AARCH64_PREL64", RelocationRule.PC_RELATIVE, 8);
        add(261, "R_AARCH64_PREL32", RelocationRule.PC_RELATIVE, 4);
        add(275, "R_AARCH64_ADR_PREL_PG_HI21", RelocationRule.SKIP, 1);
        add(277, "R_AARCH64_ADD_ABS_LO12_NC", RelocationRule.SKIP, 1);
        add(282, "R_AARCH64_JUMP26", RelocationRule.SKIP, 1);
        add(283, "R_AARCH64_CALL26", RelocationRule.SKIP, 1);
        add(1024, "R_AARCH64_COPY", RelocationRule.SKIP, 1);
        add(1025, "R_AARCH64_GLOB_DAT", RelocationRule.ABSOLUTE, 8);
        add(1026, "R_AARCH64_JUMP_SLOT", RelocationRule.ABSOLUTE, 8);
        add(1027, "R_AARCH64_RELATIVE", RelocationRule.RELATIVE, 8);
        add(1028, "R_AARCH64_TLS_DTPMOD64", RelocationRule.SKIP, 1);
        add(1029, "R_AARCH64_TLS_DTPREL64", RelocationRule.SKIP, 1);
        add(1030, "R_AARCH64_TLS_TPREL64", RelocationRule.SKIP, 1);
        add(1031, "R_AARCH64_TLSDESC", RelocationRule.SKIP, 1);
        add(1032, "R_AARCH64_IRELATIVE", RelocationRule.SKIP, 1);
    }

    /** Rows are noted one too high, so that 0 stays "no row yet". */
    private void add(int code, String name, RelocationRule rule, int width) {
        if (rule == RelocationRule.RELATIVE) {
            relative = code;
        }
        rows.add(new RelocationType(code, name, rule, width));
        rowOfCode[code] = rows.size();
    }

    int rows() {
        return rows.size();
    }

    RelocationType row(int row) {
        return rows.get(row);
    }

    /** The row of a type's number, whatever the file has there. */
    int rowOf(int code) {
        return code >= 0 && code < CODES ? rowOfCode[code] : rows.size() - 1;
    }

    /** The number of the type that needs no symbol. */
    int relative() {
        return relative;
    }
}
