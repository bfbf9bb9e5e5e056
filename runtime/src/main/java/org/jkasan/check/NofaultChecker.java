package org.jkasan.check;

import org.jkasan.report.AccessKind;

/**
 * The checks of copies that end where a page is not mapped: word by word up to there. Such a copy
 * reads the kernel's own memory or writes it with an address that may be anything; KASAN checks
 * what is written in either case, and what is read only if it is the kernel's own. Source:
 * mm/maccess.c.
 */
final class NofaultChecker {

    private final AccessChecker checker;

    NofaultChecker(AccessChecker checker) {
        this.checker = checker;
    }

    /** A copy of n bytes (unsigned) from where it may fault, which is not checked. */
    void copyFrom(AddressSpace space, long to, long from, long n) {
        for (long i = 0, size; i != n; i += size) {
            size = CheckedHelper.wordSize(n - i);
            if (!isPresent(space, from + i, (int) size)
                    || !checker.goesOn(AccessKind.WRITE, space, to + i, (int) size)) {
                return;
            }
        }
    }

    /** A copy of n bytes (unsigned) to where it may fault. */
    void copyTo(AddressSpace space, long to, long from, long n) {
        for (long i = 0, size; i != n; i += size) {
            size = CheckedHelper.wordSize(n - i);
            if (!checker.goesOn(AccessKind.READ, space, from + i, (int) size)
                    || !isPresent(space, from + i, (int) size)
                    || !isPresent(space, to + i, (int) size)) {
                return;
            }
            checker.goesOn(AccessKind.WRITE, space, to + i, (int) size);
        }
    }

    private static boolean isPresent(AddressSpace space, long address, int size) {
        return space.presentAddress(address) != AddressSpace.NO_SHADOW
                && space.presentAddress(address + size - 1) != AddressSpace.NO_SHADOW;
    }
}
