package org.jkasan.samples.kasantest;

import org.jkasan.mm.UserMemory;

/** Copies between the kernel and a process, and copies that must not fault. */
final class CopyCases extends Cases {

    private static final long USER = 0x7f0000000000L;

    CopyCases(Machine machine) {
        super(machine);
    }

    /** By words of 8 bytes, so it is the last word that is bad. */
    void toKernelNofault() {
        int size = 128;
        long ptr = zalloc(size - GRANULE);
        long buf = zalloc(size);
        test.fails(
                () -> kernel.nofault().copyToKernel(buf, ptr, size),
                outOfBounds(READ, Long.BYTES, ptr, 120));
        test.fails(
                () -> kernel.nofault().copyToKernel(ptr, buf, size),
                outOfBounds(WRITE, Long.BYTES, ptr, 120));
        kmalloc.kfree(buf);
        kmalloc.kfree(ptr);
    }

    /** One byte more than an object of the kernel has, in seven ways. */
    void user(int size) {
        int n = size + 1;
        UserMemory user = kernel.user();
        long kmem = zalloc(size);
        user.map(USER, PAGE_SIZE);
        Expected write = outOfBounds(WRITE, n, kmem, 0);
        Expected read = outOfBounds(READ, n, kmem, 0);
        test.fails(() -> user.copyFromUser(kmem, USER, n), write);
        test.fails(() -> user.copyToUser(USER, kmem, n), read);
        test.fails(() -> user.copyFromUserUnchecked(kmem, USER, n), write);
        test.fails(() -> user.copyToUserUnchecked(USER, kmem, n), read);
        test.fails(() -> user.copyFromUserInatomic(kmem, USER, n), write);
        test.fails(() -> user.copyToUserInatomic(USER, kmem, n), read);
        test.fails(() -> user.strncpyFromUser(kmem, USER, n), write);
        user.unmap(USER);
        kmalloc.kfree(kmem);
    }
}
