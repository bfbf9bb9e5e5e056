package org.jkasan.mm;

import java.util.ArrayList;
import java.util.List;

/**
 * What a kernel says of an access that its memory management unit refuses.
 *
 * <p>KASAN's own line stands only where the bad address is not canonical and can be the shadow of
 * something: the kernel decodes it as the shadow address that an inline check loaded from. Page
 * faults, null pointers among them, have no such line.
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
        boolean canonical = layout.isCanonical(addr);
        List<String> lines = new ArrayList<>();
        lines.add(layout.faults().headline(addr, canonical));
        if (kasan && !canonical && isShadow(addr)) {
            lines.add(decoded(addr));
        }
        lines.addAll(layout.faults().details(addr, write, canonical));
        return new KernelOops(addr, write, lines);
    }

    private boolean isShadow(long addr) {
        return Long.compareUnsigned(addr, layout.kasanShadowOffset()) >= 0;
    }

    private String decoded(long addr) {
        long granule = addr - layout.kasanShadowOffset() << 3;
        String range = "[0x" + hex(granule) + "-0x" + hex(granule + 7) + "]";
        return "KASAN: " + kind(granule) + " in range " + range;
    }

    private String kind(long addr) {
        if (MemoryLayout.isNullPage(addr)) {
            return "null-ptr-deref";
        }
        return layout.isUser(addr) ? "probably user-memory-access" : "maybe wild-memory-access";
    }

    /** Sixteen hexadecimal digits. */
    static String hex(long addr) {
        String digits = Long.toHexString(addr);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
