package org.jkasan.samples.modload;

/** Says where a symbol lies once the module is in memory. */
final class SymbolResolver {

    /** The symbol has no address here: it is imported, common, or thread-local. */
    static final long UNRESOLVED = 0;

    private final boolean relocatable;
    private final ModuleLayout layout;
    private final long base;

    SymbolResolver(ElfHeader header, ModuleLayout layout, ModuleMemory module) {
        this.relocatable = header.isRelocatable();
        this.layout = layout;
        this.base = module.base();
    }

    /** The kernel address of a symbol, or {@link #UNRESOLVED}. */
    long address(SymbolTable symbols, int k) {
        int section = symbols.sectionOf(k);
        if (section == Elf.SHN_ABS) {
            return symbols.value(k);
        }
        if (section == Elf.SHN_UNDEF
                || section >= Elf.SHN_LORESERVE
                || symbols.type(k) == Elf.STT_TLS
                || !layout.isPlaced(section)) {
            return UNRESOLVED;
        }
        return relocatable
                ? base + layout.offset(section) + symbols.value(k)
                : linked(symbols.value(k));
    }

    /** The kernel address that a virtual address of the file has become. */
    long linked(long address) {
        return base + address - layout.lowest();
    }
}
