package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private final Faults kasan = new Faults(Architecture.X86_64.layout(), true);
    private final Faults plain = new Faults(Architecture.X86_64.layout(), false);

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

    @Test
    void fiveLevels_haveAddressesOf57Bits() {
        Faults five = new Faults(Architecture.X86_64_LA57.layout(), true);
        assertThat(five.at(0xff00000000000000L, false)).hasMessageStartingWith("BUG: unable to");
        assertThat(five.at(0x00ffffffffffffffL, false)).hasMessageStartingWith("BUG: unable to");
        assertThat(five.at(0x0100000000000000L, false)).hasMessageStartingWith("general prot");
        assertThat(five.at(0xfeffffffffffffffL, false)).hasMessageStartingWith("general prot");
        assertThat(five.at(0xdffffc1000000000L, false).lines().get(1))
                .startsWith("KASAN: probably user-memory-access in range [0x0000008000000000-");
    }

    @Test
    void arm64_hasItsOwnWords() {
        Faults arm = new Faults(Architecture.ARM64.layout(), true);
        assertThat(arm.at(8, false).lines())
                .containsExactly(
                        "Unable to handle kernel NULL pointer dereference at virtual address"
                                + " 0000000000000008",
                        "Data abort info:",
                        "  CM = 0, WnR = 0");
        assertThat(arm.at(0xffff800080002000L, true).lines())
                .containsExactly(
                        "Unable to handle kernel paging request at virtual address"
                                + " ffff800080002000",
                        "Data abort info:",
                        "  CM = 0, WnR = 1");
        assertThat(arm.at(0xdfff800000000000L, false).lines())
                .containsExactly(
                        "Unable to handle kernel paging request at virtual address"
                                + " dfff800000000000",
                        "KASAN: null-ptr-deref in range"
                                + " [0x0000000000000000-0x0000000000000007]",
                        "Data abort info:",
                        "  CM = 0, WnR = 0",
                        "[dfff800000000000] address between user and kernel address ranges");
    }
}
