package org.jkasan.kernel;

/**
 * What a compiler with KASAN_STACK does to the stack frames that it makes, and without. Addresses
 * are kernel addresses, and whatever is passed lies in one stack.
 */
interface StackKasan {

    /** THREAD_SIZE: bytes of a stack, a power of two. */
    int threadSize();

    /** Bytes between two objects, and on both sides of all. */
    int redzone();

    /** Bytes that an object of so many takes, padding behind it included. */
    long slot(int size);

    /**
     * Closes what surrounds an object that is now a frame's lowest, and opens the object.
     *
     * @param header where the left redzone begins; the object follows it
     * @param highest whether it is the frame's highest as well: the right redzone follows it, and
     *     otherwise one between objects
     */
    void addLocal(long header, int size, boolean highest);

    /** Opens an object whose scope begins again. */
    void beginScope(long addr, int size);

    /** Closes an object whose scope has ended. */
    void endScope(long addr, int size);

    /**
     * Opens an object of alloca whose left redzone begins at an address, and closes its redzones.
     */
    void addAlloca(long redzone, int size);

    /** Opens everything in a range of whole granules. */
    void unpoison(long addr, long size);
}
