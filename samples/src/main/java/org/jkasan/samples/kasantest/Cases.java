package org.jkasan.samples.kasantest;

import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.slab.Kmalloc;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BugType;

/** A group of cases: the kernel they run in, and what they state. */
abstract class Cases {

    /** KASAN_GRANULE_SIZE: bytes that a shadow byte describes. */
    static final int GRANULE = 8;

    /** KMALLOC_MAX_CACHE_SIZE: what is larger is pages. */
    static final int MAX_CACHE = 8192;

    static final int PAGE_SIZE = 4096;

    static final byte X = 'x';

    static final AccessKind READ = AccessKind.READ;
    static final AccessKind WRITE = AccessKind.WRITE;

    final Kernel kernel;
    final KernelMemory memory;
    final Kmalloc kmalloc;
    final Expectations test;

    Cases(Machine machine) {
        this.kernel = machine.kernel();
        this.memory = kernel.memory();
        this.kmalloc = kernel.kmalloc();
        this.test = machine.test();
    }

    /** An object that holds whatever was there. */
    final long alloc(long size) {
        return test.notNull(kmalloc.kmalloc(size));
    }

    /** An object of zeros. */
    final long zalloc(long size) {
        return test.notNull(kmalloc.kzalloc(size));
    }

    static long roundUp(long value, long multiple) {
        return value + multiple - 1 & -multiple;
    }

    /** A bad access beside a slab object, or a large one. */
    static Expected outOfBounds(AccessKind kind, long size, long object, long offset) {
        return new Expected(BugType.SLAB_OUT_OF_BOUNDS, kind, size, object, offset);
    }

    /** A bad access to a slab object that was freed. */
    static Expected useAfterFree(AccessKind kind, long size, long object, long offset) {
        return new Expected(BugType.SLAB_USE_AFTER_FREE, kind, size, object, offset);
    }

    /** A bad access to pages that were freed. */
    static Expected pageUseAfterFree(AccessKind kind, long size, long start, long offset) {
        return new Expected(BugType.USE_AFTER_FREE, kind, size, start, offset);
    }
}
