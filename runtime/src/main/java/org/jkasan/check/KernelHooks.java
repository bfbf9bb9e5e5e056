package org.jkasan.check;

import org.jkasan.report.AccessKind;
import org.jkasan.report.BugType;

/**
 * The hooks of accesses by kernel addresses and of the kernel's helper functions: what rewritten
 * code calls right before them, as it calls {@link Hooks} before it accesses an array. Helpers that
 * touch no more than one place check it as the kernel's do, whole; those that go through memory
 * check what they come across.
 */
public final class KernelHooks {

    /** log2 of the bits in a word, and of its bytes. */
    private static final int BIT_SHIFT = 6;

    private static final int BYTE_SHIFT = 3;

    /** Smallest page of any host: what lies in one page lies in one window. */
    static final int PAGE_SIZE = 4096;

    private static final Sanitizer SANITIZER = Sanitizer.installed();
    private static final AccessChecker CHECKER = SANITIZER == null ? null : SANITIZER.checker();
    private static final HeapArrays ARRAYS =
            SANITIZER == null ? new HeapArrays() : SANITIZER.arrays();
    private static final BulkChecker BULK =
            new BulkChecker(CHECKER, ARRAYS, new BufferChecker(CHECKER, ARRAYS));
    private static final StringChecker STRINGS = new StringChecker(CHECKER);
    private static final NofaultChecker NOFAULT = new NofaultChecker(CHECKER);

    private KernelHooks() {}

    /** Whether the hooks work for that sanitizer; too late if they were used before it came. */
    static boolean workFor(Sanitizer sanitizer) {
        return SANITIZER == sanitizer;
    }

    private static boolean checks(Object helper) {
        return CHECKER != null && helper != null;
    }

    /** A load of 1, 2, 4 or 8 bytes at a kernel address. */
    public static void kernelLoad(AddressSpace space, long address, int size) {
        if (checks(space) && isSuspect(space.presentAddress(address), size)) {
            CHECKER.kernelRange(AccessKind.READ, space, address, size);
        }
    }

    /** A store of 1, 2, 4 or 8 bytes at a kernel address. */
    public static void kernelStore(AddressSpace space, long address, int size) {
        if (checks(space) && isSuspect(space.presentAddress(address), size)) {
            CHECKER.kernelRange(AccessKind.WRITE, space, address, size);
        }
    }

    /**
     * Also suspect is what may leave the window, and a page that is not there: NO_SHADOW's byte is
     * not 0. The access asks again whether it is there, so that compiled code asks once.
     */
    private static boolean isSuspect(long host, int size) {
        return Hooks.shadow(host) != 0
                || Hooks.straddles(host, size)
                        && (Hooks.shadow(host + size - 1) != 0
                                || (host & PAGE_SIZE - 1) > PAGE_SIZE - size);
    }

    /**
     * A transfer of array elements to a kernel address.
     *
     * @return how many elements to transfer: all, or none if some must not be touched
     */
    public static int kernelCopyIn(
            AddressSpace space, long address, Object array, int from, int count) {
        return !checks(space) || BULK.copyIn(space, address, array, from, count) ? count : 0;
    }

    /**
     * A transfer from a kernel address into array elements.
     *
     * @return how many elements to transfer: all, or none if some must not be touched
     */
    public static int kernelCopyOut(
            AddressSpace space, long address, Object array, int from, int count) {
        return !checks(space) || BULK.copyOut(space, address, array, from, count) ? count : 0;
    }

    /**
     * A read of {@code size} bytes, unsigned, from a kernel address on.
     *
     * @return how many bytes to go on with: all, or none if some must not be read
     */
    public static long kernelRead(AddressSpace space, long address, long size) {
        return !checks(space) || CHECKER.kernelRange(AccessKind.READ, space, address, size)
                ? size
                : 0;
    }

    /**
     * A write of {@code size} bytes, unsigned, from a kernel address on.
     *
     * @return how many bytes to go on with: all, or none if some must not be written
     */
    public static long kernelWrite(AddressSpace space, long address, long size) {
        return !checks(space) || CHECKER.kernelRange(AccessKind.WRITE, space, address, size)
                ? size
                : 0;
    }

    /** A load of 1, 2, 4 or 8 bytes by a helper. */
    public static void helperLoad(CheckedHelper helper, long address, int size) {
        if (checks(helper)) {
            kernelLoad(helper.space, address, size);
        }
    }

    /** A store of 1, 2, 4 or 8 bytes by a helper; one that loads first is a store, too. */
    public static void helperStore(CheckedHelper helper, long address, int size) {
        if (checks(helper)) {
            kernelStore(helper.space, address, size);
        }
    }

    /** A read of so many bytes, unsigned, by a helper. */
    public static void helperRead(CheckedHelper helper, long address, long size) {
        if (checks(helper)) {
            CHECKER.kernelRange(AccessKind.READ, helper.space, address, size);
        }
    }

    /** A write of so many bytes, unsigned, by a helper. */
    public static void helperWrite(CheckedHelper helper, long address, long size) {
        if (checks(helper)) {
            CHECKER.kernelRange(AccessKind.WRITE, helper.space, address, size);
        }
    }

    /** A load of the word that has a bit. */
    public static void bitLoad(CheckedHelper helper, long nr, long address) {
        if (checks(helper)) {
            kernelLoad(helper.space, word(nr, address), Long.BYTES);
        }
    }

    /** A store of the word that has a bit. */
    public static void bitStore(CheckedHelper helper, long nr, long address) {
        if (checks(helper)) {
            kernelStore(helper.space, word(nr, address), Long.BYTES);
        }
    }

    private static long word(long nr, long address) {
        return address + (nr >> BIT_SHIFT << BYTE_SHIFT);
    }

    /** A read of a string with its NUL. */
    public static void stringRead(CheckedHelper helper, long s) {
        if (checks(helper)) {
            STRINGS.string(helper.space, s, 0, -1);
        }
    }

    /** A read of a string with its NUL, n bytes (unsigned) at most. */
    public static void stringRead(CheckedHelper helper, long s, long n) {
        if (checks(helper)) {
            STRINGS.string(helper.space, s, 0, n);
        }
    }

    /** A read of a string up to and with a byte, or its NUL. */
    public static void stringFind(CheckedHelper helper, long s, int c) {
        if (checks(helper)) {
            STRINGS.string(helper.space, s, c, -1);
        }
    }

    /** Reads of two strings up to their first difference. */
    public static void stringCompare(CheckedHelper helper, long a, long b) {
        if (checks(helper)) {
            STRINGS.compare(helper.space, a, b, -1);
        }
    }

    /** Reads of two strings up to their first difference, n bytes (unsigned) at most. */
    public static void stringCompare(CheckedHelper helper, long a, long b, long n) {
        if (checks(helper)) {
            STRINGS.compare(helper.space, a, b, n);
        }
    }

    /** A copy of a string with its NUL. */
    public static void stringCopy(CheckedHelper helper, long to, long from) {
        if (checks(helper)) {
            STRINGS.copy(helper.space, to, from);
        }
    }

    /** A copy of a string into so many bytes at most, a word at a time. */
    public static void stringCopy(CheckedHelper helper, long to, long from, long count) {
        if (checks(helper) && count <= Integer.MAX_VALUE) {
            STRINGS.copyWords(helper.space, to, from, count);
        }
    }

    /** A read of memory up to and with a byte, n bytes (unsigned) at most. */
    public static void memoryFind(AddressSpace space, long s, int c, long n) {
        if (checks(space)) {
            STRINGS.memory(space, s, c, n);
        }
    }

    /** Reads of two ranges of n bytes (unsigned) up to their first difference. */
    public static void memoryCompare(AddressSpace space, long a, long b, long n) {
        if (checks(space)) {
            STRINGS.compareMemory(space, a, b, n);
        }
    }

    /** A copy of n bytes (unsigned) to user space: where it is none, nothing is touched. */
    public static void userCopy(CheckedHelper helper, long to, long from, long n) {
        if (checks(helper)
                && Long.compareUnsigned(to + n, to) >= 0
                && isUser(helper.space, to + (n == 0 ? 0 : n - 1))) {
            CHECKER.kernelRange(AccessKind.READ, helper.space, from, n);
        }
    }

    /** A copy of a string from user space: where it is none, nothing is touched. */
    public static void userString(CheckedHelper helper, long to, long from, long count) {
        if (checks(helper) && count > 0 && isUser(helper.space, from)) {
            CHECKER.kernelRange(AccessKind.WRITE, helper.space, to, count);
        }
    }

    /** A copy of n bytes (unsigned) from where it may fault. */
    public static void copyFromNofault(CheckedHelper helper, long to, long from, long n) {
        if (checks(helper) && helper.space.wildAccess(from) == null) {
            NOFAULT.copyFrom(helper.space, to, from, n);
        }
    }

    /** A copy of n bytes (unsigned) to where it may fault. */
    public static void copyToNofault(CheckedHelper helper, long to, long from, long n) {
        if (checks(helper)) {
            NOFAULT.copyTo(helper.space, to, from, n);
        }
    }

    private static boolean isUser(AddressSpace space, long address) {
        BugType wild = space.wildAccess(address);
        return wild == BugType.USER_MEMORY_ACCESS || wild == BugType.NULL_PTR_DEREF;
    }
}
