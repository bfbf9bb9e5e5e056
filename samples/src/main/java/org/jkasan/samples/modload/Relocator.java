package org.jkasan.samples.modload;

import org.jkasan.mm.KernelMemory;

/** Applies the relocations of one section to module memory. */
final class Relocator {

    private final KernelMemory memory;
    private final boolean missesEnd;
    private final ModuleLayout layout;
    private final ModuleMemory module;
    private final SymbolResolver resolver;
    private final RelocationTypes types;

    /** The section, the symbols it names or null, and what is added to its offsets. */
    private final String what;

    private final SymbolTable symbols;
    private final long origin;

    Relocator(
            LoadContext context,
            ModuleLayout layout,
            ModuleMemory module,
            SymbolResolver resolver,
            RelocationTypes types,
            RelocationTarget target) {
        this.memory = context.memory();
        this.missesEnd = context.bug() == Bug.RELOCATION_PAST_END;
        this.layout = layout;
        this.module = module;
        this.resolver = resolver;
        this.types = types;
        this.what = target.what();
        this.symbols = target.symbols();
        this.origin = target.origin();
    }

    void apply(Image image, long offset, int entries, RelocationCounts counts)
            throws BadModuleException {
        for (int k = 0; k < entries; k++) {
            long at = offset + (long) k * Elf.RELA_SIZE;
            long info = image.u64(at + 8);
            int row = types.rowOf((int) info);
            boolean applied =
                    apply(
                            k,
                            image.u64(at) + origin,
                            types.row(row),
                            (int) (info >>> 32),
                            image.u64(at + 16));
            counts.count(row, applied);
        }
    }

    private boolean apply(int k, long place, RelocationType type, int symbol, long addend)
            throws BadModuleException {
        RelocationRule rule = type.rule();
        if (rule == RelocationRule.NONE) {
            return false;
        }
        checkPlace(k, place, type.width());
        checkSymbol(k, symbol);
        if (rule == RelocationRule.SKIP) {
            return false;
        }
        long target = 0;
        if (rule.needsSymbol()) {
            if (symbols == null) {
                return false;
            }
            target = resolver.address(symbols, symbol);
            if (target == SymbolResolver.UNRESOLVED) {
                return false;
            }
        }
        long address = module.base() + place;
        long value =
                switch (rule) {
                    case RELATIVE -> resolver.linked(addend);
                    case SYMBOL -> target;
                    case PC_RELATIVE -> target + addend - address;
                    default -> target + addend;
                };
        store(k, address, type, value);
        return true;
    }

    private void store(int k, long address, RelocationType type, long value)
            throws BadModuleException {
        if (type.width() == Long.BYTES) {
            memory.storeLong(address, value); // BUG: relocation-past-end
        } else if (value == (int) value) {
            memory.storeInt(address, (int) value);
        } else {
            throw new BadModuleException(
                    "relocation %d of %s overflows the 32 bits of %s"
                            .formatted(k, what, type.name()));
        }
    }

    private void checkPlace(int k, long place, int width) throws BadModuleException {
        boolean inside =
                missesEnd
                        ? Long.compareUnsigned(place, module.size()) < 0
                        : layout.holds(place, width);
        if (!inside) {
            throw new BadModuleException(
                    "relocation %d of %s changes %d bytes at 0x%x, which lie in no section"
                            .formatted(k, what, width, place - origin));
        }
    }

    private void checkSymbol(int k, int symbol) throws BadModuleException {
        int count = symbols == null ? 1 : symbols.count();
        if (symbol != 0 && Integer.compareUnsigned(symbol, count) >= 0) {
            throw new BadModuleException(
                    "relocation %d of %s names symbol %s, past the %d there are"
                            .formatted(k, what, Integer.toUnsignedString(symbol), count));
        }
    }
}
