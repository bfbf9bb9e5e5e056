package org.jkasan.samples.modload;

/**
 * What the entries of a relocation section refer to.
 *
 * @param what the section, for messages
 * @param symbols the symbol table that they name symbols of, or null if they name none
 * @param origin what makes of their offsets offsets in module memory, when added
 */
record RelocationTarget(String what, SymbolTable symbols, long origin) {

    /** The target of a section, or null where it changes nothing that is in module memory. */
    static RelocationTarget of(
            ElfHeader header,
            SectionTable sections,
            SectionNames names,
            ModuleLayout layout,
            SymbolTables tables,
            int i)
            throws BadModuleException {
        String what = names.describe(i);
        int changed = sections.info(i);
        if (changed < 0 || changed >= sections.count()) {
            throw new BadModuleException(
                    "%s changes section %s, past the %d there are"
                            .formatted(what, Integer.toUnsignedString(changed), sections.count()));
        }
        SymbolTable symbols = symbols(tables, what, sections.link(i));
        if (!header.isRelocatable()) {
            return new RelocationTarget(what, symbols, -layout.lowest());
        }
        return layout.isPlaced(changed)
                ? new RelocationTarget(what, symbols, layout.offset(changed))
                : null;
    }

    private static SymbolTable symbols(SymbolTables tables, String what, int link)
            throws BadModuleException {
        if (link == 0) {
            return null;
        }
        return tables.in(link)
                .orElseThrow(
                        () ->
                                new BadModuleException(
                                        "%s has its symbols in section %s, which is no symbol table"
                                                .formatted(what, Integer.toUnsignedString(link))));
    }
}
