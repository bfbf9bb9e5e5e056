package org.jkasan.samples.modload;

/** What stays of the symbols once their tables are freed: the addresses that others may use. */
final class Exports {

    private final long[] addresses;
    private final int count;
    private final int first;

    private Exports(long[] addresses, int count, int first) {
        this.addresses = addresses;
        this.count = count;
        this.first = first;
    }

    /** Keeps the addresses of the defined functions and objects that are not local. */
    static Exports keep(LoadContext context, SymbolTable symbols, SymbolResolver resolver)
            throws BadModuleException {
        int count = 0;
        int first = -1;
        for (int k = 0; k < symbols.count(); k++) {
            if (isExported(symbols, k, resolver)) {
                first = first < 0 ? k : first;
                count++;
            }
        }
        long[] addresses = context.devres().longs(count);
        int kept = 0;
        for (int k = 0; k < symbols.count(); k++) {
            if (isExported(symbols, k, resolver)) {
                addresses[kept++] = resolver.address(symbols, k);
            }
        }
        return new Exports(addresses, count, first);
    }

    private static boolean isExported(SymbolTable symbols, int k, SymbolResolver resolver) {
        int type = symbols.type(k);
        return symbols.binding(k) != Elf.STB_LOCAL
                && (type == Elf.STT_FUNC || type == Elf.STT_OBJECT)
                && resolver.address(symbols, k) != SymbolResolver.UNRESOLVED;
    }

    int count() {
        return count;
    }

    /** The first one's address; there must be one. */
    long firstAddress() {
        return addresses[0];
    }

    /** The first one's index in the symbol table, for as long as that is there. */
    int firstIndex() {
        return first;
    }
}
