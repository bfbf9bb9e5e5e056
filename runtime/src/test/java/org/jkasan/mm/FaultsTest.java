package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private final Faults kasan = new Faults(MemoryLayout.X86_64, true);
    private final Faults plain = new Faults(MemoryLayout.X86_64, false);

    @Test
    void kernelAddress_isAPageFault() {
        KernelOops oops = kasan.at(0xffffc90000002000L, false);
        assertThat(oops.lines())
                .containsExactly(
                        "BUG: unable to handle page fault for address: ffffc90000002000",
                        "#PF: supervisor read access in kernel mode",
                        "#PF: error_code(0x0000) - not-present page");
        assertThat(oops).hasMessage(oops.lines().get(0));
        assertThat(oops.address()).isEqualTo(0xffffc90000002000L);
        assertThat(oops.isWrite()).isFalse();
    }

    @Test
    void nullPage_isANullPointerDereferenceWithoutAWordOfKasan() {
        assertThat(kasan.at(0, true).lines())
                .containsExactly(
                        "BUG: kernel NULL pointer dereference, address: 0000000000000000",
                        "#PF: supervisor write access in kernel mode",
                        "#PF: error_code(0x0002) - not-present page");
        assertThat(kasan.at(0xfff, true)).hasMessageStartingWith("BUG: kernel NULL pointer");
        assertThat(kasan.at(0x1000, true)).hasMessageStartingWith("BUG: unable to handle page");
    }

    @ParameterizedTest
    @CsvSource({"7fffffffefff", "7ffffffff000", "7fffffffffff"})
    void userAddress_isAPageFault(String address) {
        assertThat(kasan.at(Long.parseLong(address, 16), false).lines())
                .hasSize(3)
                .first()
                .asString()
                .isEqualTo("BUG: unable to handle page fault for address: 0000" + address);
    }

    @ParameterizedTest
    @CsvSource({"0000800000000000", "dead000000000100", "dffffbffffffffff"})
    void nonCanonicalAddressBelowTheShadow_isNotDecoded(String address) {
        assertThat(kasan.at(Long.parseUnsignedLong(address, 16), false).lines())
                .containsExactly(
                        "general protection fault, probably for non-canonical address 0x"
                                + address);
    }

    @ParameterizedTest
    @CsvSource({
        "dffffc0000000000, null-ptr-deref, 0000000000000000-0x0000000000000007",
        "dffffc00000001ff, null-ptr-deref, 0000000000000ff8-0x0000000000000fff",
        "dffffc0000000200, probably user-memory-access, 0000000000001000-0x0000000000001007",
        "e0000bffffffffff, maybe wild-memory-access, 00007ffffffffff8-0x00007fffffffffff",
        "fbd59c0000000020, maybe wild-memory-access, dead000000000100-0xdead000000000107",
    })
    void nonCanonicalAddressAmongShadows_isDecodedWithKasan(
            String address, String kind, String range) {
        long addr = Long.parseUnsignedLong(address, 16);
        assertThat(kasan.at(addr, true).lines())
                .containsExactly(
                        "general protection fault, probably for non-canonical address 0x" + address,
                        "KASAN: " + kind + " in range [0x" + range + "]");
        assertThat(plain.at(addr, true).lines()).hasSize(1);
    }
}
