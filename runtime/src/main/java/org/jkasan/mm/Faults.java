package org.jkasan.mm;

import java.util.List;

/**
 * The words of an x86-64 kernel for an access that its memory management unit refuses.
 *
 * <p>KASAN's own line stands only below a general protection fault, and only where the bad address
 * can be the shadow of something: the kernel decodes it as the shadow address that an inline check
 * loaded from. Page faults, null pointers among them, have no such line on x86.
 */
final class Faults {

    private final MemoryLayout layout;
    private final boolean kasan;

    Faults(MemoryLayout layout, boolean kasan) {
        this.layout = layout;
        this.kasan = kasan;
    }

    /** The oops of an access whose first refused byte is at the address. */
    KernelOops at(long addr, boolean write) {
        List<String> lines = layout.isCanonical(addr) ? pageFault(addr, write) : protection(addr);
        return new KernelOops(addr, write, lines);
    }

    private static List<String> pageFault(long addr, boolean write) {
        String headline =
                isNullPage(addr)
                        ? "BUG: kernel NULL pointer dereference, address: "
                        : "BUG: unable to handle page fault for address: ";
        return List.of(
                headline + hex(addr),
                "#PF: supervisor " + (write ? "write" : "read") + " access in kernel mode",
                "#PF: error_code(" + (write ? "0x0002" : "0x0000") + ") - not-present page");
    }

    private List<String> protection(long addr) {
        String headline =
                "general protection fault, probably for non-canonical address 0x" + hex(addr);
        if (!kasan || Long.compareUnsigned(addr, layout.kasanShadowOffset()) < 0) {
            return List.of(headline);
        }
        long granule = addr - layout.kasanShadowOffset() << 3;
        String range = "[0x" + hex(granule) + "-0x" + hex(granule + 7) + "]";
        return List.of(headline, "KASAN: " + kind(granule) + " in range " + range);
    }

    private String kind(long addr) {
        if (isNullPage(addr)) {
            return "null-ptr-deref";
        }
        return layout.isUser(addr) ? "probably user-memory-access" : "maybe wild-memory-access";
    }

    private static boolean isNullPage(long addr) {
        return Long.compareUnsigned(addr, MemoryLayout.PAGE_SIZE) < 0;
    }

    /** Sixteen hexadecimal digits. */
    static String hex(long addr) {
        String digits = Long.toHexString(addr);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
