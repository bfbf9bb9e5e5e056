package org.jkasan.testkit.program;

import org.jkasan.kernel.Kernel;

/** What the tests of child JVMs do wrong. */
final class Bugs {

    private Bugs() {}

    /** Reads behind an area of one byte. */
    static byte overflow(Kernel kernel) {
        long addr = kernel.vmalloc().vmalloc(1);
        byte read = kernel.memory().loadByte(addr + 1);
        kernel.vmalloc().vfree(addr);
        return read;
    }

    /** Reads an object that was freed. */
    static byte useAfterFree(Kernel kernel) {
        long addr = kernel.kmalloc().kmalloc(40);
        kernel.kmalloc().kfree(addr);
        return kernel.memory().loadByte(addr);
    }

    /** Reads an area that was freed, whose page is not mapped any more. */
    static byte readUnmapped(Kernel kernel) {
        long addr = kernel.vmalloc().vmalloc(40);
        kernel.vmalloc().vfree(addr);
        return kernel.memory().loadByte(addr);
    }

    /** Runs something on a thread of its own, to its end. */
    static void onThread(Runnable code) {
        Thread thread = new Thread(code, "started");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
