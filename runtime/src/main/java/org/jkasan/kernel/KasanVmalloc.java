package org.jkasan.kernel;

/** Whether KASAN watches a kernel's vmalloc space: CONFIG_KASAN_VMALLOC. */
public enum KasanVmalloc {
    /** The space has real shadow. */
    ON,

    /**
     * The space has real shadow, and every free is purged at once: nothing is kept for later, no
     * area, memory or shadow, so what exists tells what is used. A freed area is forgotten as well,
     * so an access to it is out of bounds or a fault, and a second free is one of an area that
     * nobody knows. Slow; for tests of residency.
     */
    STRICT,

    /** The space lies on the shared early shadow, where nothing is detected. */
    OFF,

    /** As the options {@code kasan.vmalloc} and {@code kasan.vmalloc_strict} say. */
    BY_OPTION
}
