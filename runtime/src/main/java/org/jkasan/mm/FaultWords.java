package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

import java.util.List;

/** The words of an architecture's kernel for an address that does not translate. */
enum FaultWords {
    X86 {
        @Override
        String headline(long addr, boolean canonical) {
            if (!canonical) {
                return "general protection fault, probably for non-canonical address 0x"
                        + hex(addr);
            }
            return MemoryLayout.isNullPage(addr)
                    ? "BUG: kernel NULL pointer dereference, address: " + hex(addr)
                    : "BUG: unable to handle page fault for address: " + hex(addr);
        }

        @Override
        List<String> details(long addr, boolean write, boolean canonical) {
            return canonical
                    ? List.of(
                            "#PF: supervisor "
                                    + (write ? "write" : "read")
                                    + " access in kernel mode",
                            "#PF: error_code("
                                    + (write ? "0x0002" : "0x0000")
                                    + ") - not-present page")
                    : List.of();
        }
    },

    ARM64 {
        @Override
        String headline(long addr, boolean canonical) {
            return MemoryLayout.isNullPage(addr)
                    ? "Unable to handle kernel NULL pointer dereference at virtual address "
                            + hex(addr)
                    : "Unable to handle kernel paging request at virtual address " + hex(addr);
        }

        @Override
        List<String> details(long addr, boolean write, boolean canonical) {
            String access = "  CM = 0, WnR = " + (write ? 1 : 0);
            return canonical
                    ? List.of("Data abort info:", access)
                    : List.of(
                            "Data abort info:",
                            access,
                            "[" + hex(addr) + "] address between user and kernel address ranges");
        }
    };

    /** The first line. */
    abstract String headline(long addr, boolean canonical);

    /** What follows it, and KASAN's line if there is one. */
    abstract List<String> details(long addr, boolean write, boolean canonical);
}
