package org.jkasan.samples.modload;

import java.util.List;
import java.util.Optional;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/** Loads modules into a kernel's memory, as load_module() does, and says what it found. */
final class Loader {

    private final Vmalloc vmalloc;
    private final KernelMemory memory;
    private final Bug bug;

    Loader(Vmalloc vmalloc, KernelMemory memory, Bug bug) {
        this.vmalloc = vmalloc;
        this.memory = memory;
        this.bug = bug;
    }

    /**
     * Loads a file, describes it, and unloads it.
     *
     * @param name the module's name
     * @return the summary, line by line
     * @throws BadModuleException if the file is no module that can be loaded
     */
    List<String> load(String name, ModuleFile file) throws BadModuleException {
        try (Devres devres = new Devres(vmalloc)) {
            return load(new LoadContext(devres, memory, bug), name, file);
        }
    }

    private static List<String> load(LoadContext context, String name, ModuleFile file)
            throws BadModuleException {
        Image image = Image.read(context, file);
        ElfHeader header = ElfHeader.parse(image);
        ProgramTable programs = ProgramTable.read(context, image, header);
        SectionTable sections = SectionTable.read(context, image, header);
        SectionNames names = SectionNames.read(context, image, sections, header.namesIndex());
        ModuleLayout layout = ModuleLayout.of(context, header, sections, names);
        ModuleMemory module = ModuleMemory.allocate(context, layout);
        module.copySections(context.devres().addressOf(image.bytes()), sections, layout);

        SymbolTables tables = SymbolTables.read(context, image, sections, names);
        DynamicTable dynamic = DynamicTable.walk(context, programs, layout, module);
        List<RelocationCounts> relocations =
                new Relocations(context, image, header, sections, names, layout, module, tables)
                        .apply();
        module.writeName(name);

        Summary summary = new Summary();
        summary.file(header, image.size());
        summary.programs(programs, dynamic);
        summary.sections(sections, names, context.bug());
        summary.symbols(tables, names);
        summary.relocations(relocations);
        summary.module(module, layout);

        SymbolResolver resolver = new SymbolResolver(header, layout, module);
        freeCopy(context, image);
        summary.entry(entry(context, image, header));
        exports(context, tables, tables.exporting(sections), resolver, summary);
        return summary.lines();
    }

    /** The temporary copy has done its work. */
    private static void freeCopy(LoadContext context, Image image) {
        if (context.bug() == Bug.DOUBLE_FREE) {
            context.devres().freeBehindItsBack(image.bytes());
        } else {
            context.devres().free(image.bytes());
        }
    }

    private static long entry(LoadContext context, Image image, ElfHeader header) {
        if (context.bug() == Bug.USE_AFTER_FREE) {
            return image.bytes().getLong(ElfHeader.ENTRY); // BUG: use-after-free
        }
        return header.entry();
    }

    private static void exports(
            LoadContext context,
            SymbolTables tables,
            Optional<SymbolTable> exporting,
            SymbolResolver resolver,
            Summary summary)
            throws BadModuleException {
        Optional<Exports> kept = Optional.empty();
        if (exporting.isPresent()) {
            kept = Optional.of(Exports.keep(context, exporting.get(), resolver));
        }
        tables.all().forEach(table -> table.free(context.devres()));
        if (kept.isPresent() && kept.get().count() > 0) {
            Exports exports = kept.get();
            long first =
                    context.bug() == Bug.STALE_SYMBOLS
                            ? resolver.linked(exporting.get().value(exports.firstIndex()))
                            : exports.firstAddress();
            summary.exports(exports.count(), first);
        }
    }
}
