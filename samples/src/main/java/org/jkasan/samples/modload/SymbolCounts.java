package org.jkasan.samples.modload;

/**
 * How many symbols of each kind a table has, the empty first one among them.
 *
 * @param locals bound locally
 * @param globals bound globally
 * @param weak bound weakly
 * @param undefined in no section: to be had elsewhere
 * @param functions of type FUNC
 * @param objects of type OBJECT
 */
record SymbolCounts(int locals, int globals, int weak, int undefined, int functions, int objects) {

    static SymbolCounts of(SymbolTable symbols) {
        int[] bindings = new int[16];
        int[] types = new int[16];
        int undefined = 0;
        for (int k = 0; k < symbols.count(); k++) {
            bindings[symbols.binding(k)]++;
            types[symbols.type(k)]++;
            if (symbols.sectionOf(k) == Elf.SHN_UNDEF) {
                undefined++;
            }
        }
        return new SymbolCounts(
                bindings[Elf.STB_LOCAL],
                bindings[Elf.STB_GLOBAL],
                bindings[Elf.STB_WEAK],
                undefined,
                types[Elf.STT_FUNC],
                types[Elf.STT_OBJECT]);
    }

    @Override
    public String toString() {
        return "%d local, %d global, %d weak, %d undefined, %d functions, %d objects"
                .formatted(locals, globals, weak, undefined, functions, objects);
    }
}
