package org.jkasan.samples.kasantest;

import java.nio.charset.StandardCharsets;
import org.jkasan.mm.Strings;

/** Functions on memory and strings that look for something. */
final class StringCases extends Cases {

    private static final int SIZE = 24;

    private final Strings strings;

    StringCases(Machine machine) {
        super(machine);
        strings = kernel.strings();
    }

    void memchr() {
        long ptr = zalloc(SIZE);
        test.fails(() -> memory.memchr(ptr, '1', SIZE + 1), outOfBounds(READ, 1, ptr, SIZE));
        kmalloc.kfree(ptr);
    }

    /** Whole words first; the byte that is too much is read alone. */
    void memcmp() {
        long ptr = zalloc(SIZE);
        long array = zalloc(9 * Integer.BYTES);
        test.fails(() -> memory.memcmp(ptr, array, SIZE + 1), outOfBounds(READ, 1, ptr, SIZE));
        kmalloc.kfree(array);
        kmalloc.kfree(ptr);
    }

    /** Reading by words it may look behind a string, but not begin there. */
    void strings() {
        long ptr = zalloc(SIZE);
        long src = text("f0cacc1");
        test.succeeds(() -> strings.strscpy(ptr, src + 4, SIZE));
        test.fails(
                () -> strings.strscpy(ptr, src + GRANULE, GRANULE),
                outOfBounds(READ, 1, src, GRANULE));
        kmalloc.kfree(src);
        kmalloc.kfree(ptr);
        stringsAfterFree(ptr);
    }

    /** The module's, which has no strscpy. */
    void stringsOld() {
        long ptr = zalloc(SIZE);
        kmalloc.kfree(ptr);
        stringsAfterFree(ptr);
    }

    /** From the NUL on that the freed object still holds: each reads that and no more. */
    private void stringsAfterFree(long object) {
        int offset = 16;
        long ptr = object + offset;
        long other = text("2");
        Expected report = useAfterFree(READ, 1, object, offset);
        test.fails(() -> strings.strchr(ptr, '1'), report);
        test.fails(() -> strings.strrchr(ptr, '1'), report);
        test.fails(() -> strings.strcmp(ptr, other), report);
        test.fails(() -> strings.strncmp(ptr, other, 1), report);
        test.fails(() -> strings.strlen(ptr), report);
        test.fails(() -> strings.strnlen(ptr, 1), report);
        kmalloc.kfree(other);
    }

    /** A string and its NUL, in an object of that size. */
    private long text(String text) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.US_ASCII);
        long addr = alloc(bytes.length);
        memory.copyIn(addr, bytes, 0, bytes.length);
        return addr;
    }
}
