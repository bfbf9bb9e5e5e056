package org.example;

import org.jkasan.mm.Vmalloc;

/** A driver that allocates: what names a caller needs one that is not the runtime's own. */
public final class Driver {

    private final Vmalloc vmalloc;

    public Driver(Vmalloc vmalloc) {
        this.vmalloc = vmalloc;
    }

    /** Allocates in a method of this name. */
    public long probe(long size) {
        return vmalloc.vmalloc(size);
    }

    /** Allocates memory for user space. */
    public long mmap(long size) {
        return vmalloc.vmallocUser(size);
    }
}
