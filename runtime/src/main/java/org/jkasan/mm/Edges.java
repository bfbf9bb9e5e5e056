package org.jkasan.mm;

/** What lies at the edges of freed ranges in units that they share with others. */
interface Edges {

    /**
     * The part of a free range that must stay unused until {@link #release}.
     *
     * @param range was freed
     * @param free the block that holds it
     * @return null if nothing is to be given back
     */
    VmapArea due(VmapArea range, FreeBlock free);

    /** Gives back what was due, while nobody can use it. */
    void release(VmapArea range, VmapArea claimed);
}
