package org.jkasan.samples.modload;

/**
 * Forges what a hostile file would hold. Some mistakes sleep until such a file comes by; with this
 * every file wakes them. The loader without the mistake refuses what is forged here.
 */
final class HostileInput {

    private static final long WRAP = 1L << 32;

    private HostileInput() {}

    /** Moves the dynamic table right behind the module, as long as 32 bits make of it nothing. */
    static void dynamicPastTheEnd(
            ProgramTable programs, int segment, ModuleLayout layout, ModuleMemory module) {
        long past = Range.alignUp(module.size(), Long.BYTES);
        programs.move(segment, layout.lowest() + past, WRAP - past);
    }

    /**
     * Makes a relocation one whose eight bytes begin with the last four of the module.
     *
     * @param at where the relocation lies in the image
     * @param start what its offset is relative to, as an offset in module memory
     */
    static void relocationPastTheEnd(
            Image image, long at, long start, int relativeType, ModuleMemory module) {
        image.bytes().putLong((int) at, module.size() - Integer.BYTES - start);
        image.bytes().putLong((int) at + Long.BYTES, relativeType);
    }
}
