package org.jkasan.kernel;

/** Whether KASAN watches a kernel's vmalloc space: CONFIG_KASAN_VMALLOC. */
public enum KasanVmalloc {
    /** The space has real shadow. */
    ON,

    /** The space lies on the shared early shadow, where nothing is detected. */
    OFF,

    /** As the option {@code kasan.vmalloc} says. */
    BY_OPTION
}
