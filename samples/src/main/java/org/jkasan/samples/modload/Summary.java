package org.jkasan.samples.modload;

import java.util.ArrayList;
import java.util.List;

/** What a load found, as lines of text in a fixed form. */
final class Summary {

    private final List<String> lines = new ArrayList<>();

    void file(ElfHeader header, long size) {
        add("ELF64 little endian, %s, %s, %d bytes", header.typeName(), header.machine(), size);
    }

    void programs(ProgramTable programs, DynamicTable dynamic) {
        add("Program headers: %d, %d of them LOAD", programs.count(), programs.loadable());
        if (dynamic != null) {
            add("Dynamic table: %d entries, %d NEEDED", dynamic.entries(), dynamic.needed());
        }
    }

    void sections(SectionTable sections, SectionNames names, Bug bug) {
        add("Section headers: %d, %d of them ALLOC", sections.count(), sections.allocated(bug));
        lines.add(SectionText.HEADING);
        for (int i = 0; i < sections.count(); i++) {
            lines.add(SectionText.line(sections, i, names.name(i)));
        }
    }

    void symbols(SymbolTables tables, SectionNames names) {
        for (SymbolTable table : tables.all()) {
            StringTable strings = table.strings();
            add(
                    "Symbol table '%s' contains %d entries:",
                    names.name(table.section()), table.count());
            add("  %s", SymbolCounts.of(table));
            add(
                    "  %d strings in %d bytes, the longest of %d",
                    strings.strings(), strings.size(), strings.longest());
        }
    }

    void relocations(List<RelocationCounts> relocations) {
        relocations.forEach(counts -> lines.addAll(counts.lines()));
        add(
                "Relocations applied: %d",
                relocations.stream().mapToInt(RelocationCounts::applied).sum());
    }

    void module(ModuleMemory module, ModuleLayout layout) {
        add(
                "Module '%s' at 0x%016x: %d sections in %d bytes",
                module.readName(), module.base(), layout.placed(), layout.size());
    }

    void entry(long entry) {
        add("Entry point: 0x%x", entry);
    }

    void exports(int count, long first) {
        add("Exported symbols: %d, the first at 0x%016x", count, first);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private void add(String format, Object... values) {
        lines.add(format.formatted(values));
    }
}
