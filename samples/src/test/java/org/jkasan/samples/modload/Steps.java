package org.jkasan.samples.modload;

import java.util.List;

/** The steps of a load up to the relocations, for tests that look at what each made. */
final class Steps {

    final Image image;
    final ElfHeader header;
    final SectionTable sections;
    final SectionNames names;
    final ModuleLayout layout;
    final ModuleMemory module;
    private final LoadContext context;

    Steps(TestKernel kernel, byte[] file) throws BadModuleException {
        context = kernel.context();
        image = kernel.image(file);
        header = ElfHeader.parse(image);
        sections = SectionTable.read(context, image, header);
        names = SectionNames.read(context, image, sections, header.namesIndex());
        layout = ModuleLayout.of(context, header, sections, names);
        module = ModuleMemory.allocate(context, layout);
        module.copySections(context.devres().addressOf(image.bytes()), sections, layout);
    }

    List<RelocationCounts> relocate() throws BadModuleException {
        SymbolTables symbols = SymbolTables.read(context, image, sections, names);
        return new Relocations(context, image, header, sections, names, layout, module, symbols)
                .apply();
    }

    /** A word of a section as it is in module memory. */
    long word(int section, int offset) {
        return context.memory().loadLong(module.base() + layout.offset(section) + offset);
    }

    int half(int section, int offset) {
        return context.memory().loadInt(module.base() + layout.offset(section) + offset);
    }
}
