package org.jkasan.samples.modload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The symbol tables of a file, at most one of each type, in the order of their sections. */
final class SymbolTables {

    private final List<SymbolTable> tables;

    private SymbolTables(List<SymbolTable> tables) {
        this.tables = List.copyOf(tables);
    }

    static SymbolTables read(
            LoadContext context, Image image, SectionTable sections, SectionNames names)
            throws BadModuleException {
        List<SymbolTable> tables = new ArrayList<>();
        boolean[] seen = new boolean[Elf.SHT_DYNSYM + 1];
        for (int i = 0; i < sections.count(); i++) {
            int type = sections.type(i);
            if (type == Elf.SHT_SYMTAB || type == Elf.SHT_DYNSYM) {
                if (seen[type]) {
                    throw new BadModuleException(
                            "%s is a second symbol table of type %d, expected at most one"
                                    .formatted(names.describe(i), type));
                }
                seen[type] = true;
                tables.add(SymbolTable.read(context, image, sections, names, i));
            }
        }
        return new SymbolTables(tables);
    }

    List<SymbolTable> all() {
        return tables;
    }

    /** The table that a section is, if it is one. */
    Optional<SymbolTable> in(int section) {
        return tables.stream().filter(table -> table.section() == section).findFirst();
    }

    /** The table that others link against: the dynamic one, or else the only one. */
    Optional<SymbolTable> exporting(SectionTable sections) {
        return tables.stream()
                .filter(table -> sections.type(table.section()) == Elf.SHT_DYNSYM)
                .findFirst()
                .or(() -> tables.stream().findFirst());
    }
}
