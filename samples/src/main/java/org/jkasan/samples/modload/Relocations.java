package org.jkasan.samples.modload;

import java.util.ArrayList;
import java.util.List;

/** The relocation sections of a file: checked, applied, counted. */
final class Relocations {

    private final LoadContext context;
    private final Image image;
    private final ElfHeader header;
    private final SectionTable sections;
    private final SectionNames names;
    private final ModuleLayout layout;
    private final ModuleMemory module;
    private final SymbolTables tables;

    Relocations(
            LoadContext context,
            Image image,
            ElfHeader header,
            SectionTable sections,
            SectionNames names,
            ModuleLayout layout,
            ModuleMemory module,
            SymbolTables tables) {
        this.context = context;
        this.image = image;
        this.header = header;
        this.sections = sections;
        this.names = names;
        this.layout = layout;
        this.module = module;
        this.tables = tables;
    }

    /** Applies all of them, in the order of their sections. */
    List<RelocationCounts> apply() throws BadModuleException {
        List<RelocationCounts> all = new ArrayList<>();
        RelocationTypes types = RelocationTypes.of(header.machine());
        SymbolResolver resolver = new SymbolResolver(header, layout, module);
        long bytes = 0;
        for (int i = 0; i < sections.count(); i++) {
            if (sections.type(i) == Elf.SHT_REL) {
                throw new BadModuleException(
                        "%s has relocations without addends (REL), expected RELA"
                                .formatted(names.describe(i)));
            }
            if (sections.type(i) != Elf.SHT_RELA) {
                continue;
            }
            bytes += sections.size(i);
            // Else a small file could ask for endless work, over the same bytes again and again.
            if (bytes > image.size()) {
                throw new BadModuleException(
                        "has relocation sections that overlap: together they are larger than it");
            }
            apply(i, types, resolver, all);
        }
        return all;
    }

    private void apply(
            int i, RelocationTypes types, SymbolResolver resolver, List<RelocationCounts> all)
            throws BadModuleException {
        int entries = sections.entries(i, Elf.RELA_SIZE, names.describe(i));
        RelocationTarget target = RelocationTarget.of(header, sections, names, layout, tables, i);
        if (target == null) {
            return;
        }
        long offset = sections.offset(i);
        if (context.bug() == Bug.RELOCATION_PAST_END && all.isEmpty() && entries > 0) {
            HostileInput.relocationPastTheEnd(
                    image, offset, target.origin(), types.relative(), module);
        }
        RelocationCounts counts = new RelocationCounts(context, names.name(i), entries, types);
        new Relocator(context, layout, module, resolver, types, target)
                .apply(image, offset, entries, counts);
        all.add(counts);
    }
}
