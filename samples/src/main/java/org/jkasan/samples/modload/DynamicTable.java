package org.jkasan.samples.modload;

/**
 * What the dynamic table of a linked file says.
 *
 * @param entries entries up to and with the closing one
 * @param needed libraries that it names
 */
record DynamicTable(int entries, int needed) {

    /** Walks the table where it lies in module memory, or returns null if there is none. */
    static DynamicTable walk(
            LoadContext context, ProgramTable programs, ModuleLayout layout, ModuleMemory module)
            throws BadModuleException {
        int segment = programs.find(Elf.PT_DYNAMIC);
        if (segment < 0) {
            return null;
        }
        if (context.bug() == Bug.OFFSET_WRAP) {
            HostileInput.dynamicPastTheEnd(programs, segment, layout, module);
        }
        long offset = programs.address(segment) - layout.lowest();
        long size = programs.memorySize(segment);
        boolean inside =
                context.bug() == Bug.OFFSET_WRAP
                        ? (int) offset + (int) size <= module.size()
                        : Range.fits(offset, size, module.size());
        if (!inside) {
            throw new BadModuleException(
                    "segment %d, the dynamic one, lies outside the sections that occupy memory"
                            .formatted(segment));
        }
        int entries = 0;
        int needed = 0;
        for (long at = offset; at + Elf.DYNAMIC_SIZE <= offset + size; at += Elf.DYNAMIC_SIZE) {
            long tag = context.memory().loadLong(module.base() + at); // BUG: offset-wrap
            entries++;
            if (tag == Elf.DT_NULL) {
                break;
            }
            if (tag == Elf.DT_NEEDED) {
                needed++;
            }
        }
        return new DynamicTable(entries, needed);
    }
}
