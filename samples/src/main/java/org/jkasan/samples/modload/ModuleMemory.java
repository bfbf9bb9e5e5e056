package org.jkasan.samples.modload;

import java.nio.charset.StandardCharsets;
import org.jkasan.mm.KernelMemory;

/** The module as it would run: one vmalloc'ed area with the sections and, behind them, a name. */
final class ModuleMemory {

    /** Room for the name with its NUL, as MODULE_NAME_LEN. */
    static final int NAME_SIZE = 52;

    /** The name begins at a multiple of this, so the area ends within a granule, and a page. */
    private static final long NAME_ALIGN = 32;

    private final KernelMemory memory;
    private final long base;
    private final long name;
    private final Bug bug;

    private ModuleMemory(LoadContext context, long base, long name) {
        this.memory = context.memory();
        this.base = base;
        this.name = name;
        this.bug = context.bug();
    }

    static ModuleMemory allocate(LoadContext context, ModuleLayout layout)
            throws BadModuleException {
        long name = Range.alignUp(layout.size(), NAME_ALIGN);
        return new ModuleMemory(context, context.devres().zeroedArea(name + NAME_SIZE), name);
    }

    /** Copies what the file has of each section; the rest is zero already. */
    void copySections(long image, SectionTable sections, ModuleLayout layout) {
        for (int i = 0; i < sections.count(); i++) {
            if (layout.isPlaced(i) && sections.type(i) != Elf.SHT_NOBITS) {
                memory.memcpy(
                        base + layout.offset(i), image + sections.offset(i), sections.size(i));
            }
        }
    }

    /** Writes the name, cut where it is too long, and its NUL. */
    void writeName(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        memory.copyIn(base + name, ascii, 0, Math.min(ascii.length, NAME_SIZE - 1));
        int last = bug == Bug.NAME_OVERFLOW ? NAME_SIZE : NAME_SIZE - 1;
        memory.storeByte(base + name + last, (byte) 0); // BUG: name-overflow
    }

    /** The name as it is in memory. */
    String readName() {
        StringBuilder text = new StringBuilder();
        for (long at = base + name; memory.loadByte(at) != 0; at++) {
            text.append((char) memory.loadByte(at));
        }
        return text.toString();
    }

    /** The kernel address of the first byte. */
    long base() {
        return base;
    }

    /** Bytes in all. */
    long size() {
        return name + NAME_SIZE;
    }
}
