package org.jkasan.testkit.property;

/** Memory that a {@link KernelSubject} has allocated, and what should be in it. */
final class Block {

    /** Where it came from. */
    enum Kind {
        KMALLOC("kernel.kmalloc().kfree"),
        VMALLOC("kernel.vmalloc().vfree"),
        VMAP("kernel.vmap().vunmap");

        /** What ends it, as Java. */
        final String end;

        Kind(String end) {
            this.end = end;
        }
    }

    final Kind kind;

    /** The variable that has its address. */
    final String name;

    final long addr;
    final byte[] content;

    Block(Kind kind, String name, long addr, byte[] content) {
        this.kind = kind;
        this.name = name;
        this.addr = addr;
        this.content = content;
    }

    int size() {
        return content.length;
    }

    /** Whether the bytes of two blocks overlap. */
    boolean overlaps(Block other) {
        return addr < other.addr + other.size() && other.addr < addr + size();
    }
}
