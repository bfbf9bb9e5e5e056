package org.jkasan.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShadowTest {

    /** The object's place: any address will do, as the shadow does not ask what lies there. */
    private static final long OBJECT = 0x1234_5000_0000L;

    private static final int PAGE = 4096;

    private static final HostMemory HOST = HostMemories.fromClassPath();

    private static Shadow shadow;

    @BeforeAll
    static void reserve() {
        shadow = Shadow.reserve(HOST);
    }

    @AfterAll
    static void release() {
        shadow.close();
    }

    @AfterEach
    void forget() {
        shadow.unpoison(OBJECT - PAGE, 64 * PAGE);
    }

    /** Shadow 00 00 05 FC FC FC. */
    private static void poisonAroundAnObjectOf21Bytes() {
        shadow.poison(OBJECT, 48, ShadowByte.SLAB_REDZONE);
        shadow.unpoison(OBJECT, 21);
    }

    @ParameterizedTest
    @CsvSource({
        "20,  1, true",
        "21,  1, false",
        "14,  2, true",
        "20,  2, false",
        "23,  2, false",
        "16,  4, true",
        "18,  4, false",
        "14,  4, true",
        "22,  4, false",
        " 8,  8, true",
        "13,  8, true",
        "15,  8, false",
        "16,  8, false",
        " 0, 16, true",
        " 4, 16, true",
        " 8, 16, false",
    })
    void kernelVectors_ofAnObjectOf21Bytes(int offset, int size, boolean valid) {
        poisonAroundAnObjectOf21Bytes();
        assertThat(call(OBJECT + offset, size)).as("call").isEqualTo(valid);
        assertThat(shadow.isValid(OBJECT + offset, size)).as("N").isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"0, 21, true", "8, 13, true", "0, 22, false", "1, 24, false"})
    void kernelVectors_ofRangesOnly(int offset, int size, boolean valid) {
        poisonAroundAnObjectOf21Bytes();
        assertThat(shadow.isValid(OBJECT + offset, size)).isEqualTo(valid);
    }

    private static boolean call(long address, int size) {
        return switch (size) {
            case 1 -> shadow.isValid1(address);
            case 2 -> shadow.isValid2(address);
            case 4 -> shadow.isValid4(address);
            case 8 -> shadow.isValid8(address);
            case 16 -> shadow.isValid16(address);
            default -> throw new IllegalArgumentException("No function for size " + size);
        };
    }

    @Test
    void firstBad_of16BytesAtOffset8_isTheGranuleWithThePartialByte() {
        poisonAroundAnObjectOf21Bytes();
        assertThat(shadow.firstBad(OBJECT + 8, 16)).isEqualTo(OBJECT + 16);
    }

    @Test
    void firstBad_keepsTheOffsetInTheGranule() {
        poisonAroundAnObjectOf21Bytes();
        assertThat(shadow.firstBad(OBJECT + 3, 40)).isEqualTo(OBJECT + 19);
        assertThat(shadow.firstBad(OBJECT + 15, 8)).isEqualTo(OBJECT + 23);
        assertThat(shadow.firstBad(OBJECT + 21, 1)).isEqualTo(OBJECT + 21);
    }

    @Test
    void firstBad_whereNothingIsBad_liesBehindTheAccess() {
        assertThat(shadow.firstBad(OBJECT + 3, 20)).isEqualTo(OBJECT + 27);
    }

    @Test
    void firstBad_ofAWildOrEmptyRange_isItsAddress() {
        assertThat(shadow.firstBad(OBJECT, 0)).isEqualTo(OBJECT);
        assertThat(shadow.firstBad(OBJECT, -8)).isEqualTo(OBJECT);
        assertThat(shadow.firstBad(-1, 8)).isEqualTo(-1);
        assertThat(shadow.firstBad(Shadow.ADDRESS_LIMIT - 4, 8))
                .isEqualTo(Shadow.ADDRESS_LIMIT - 4);
    }

    @Test
    void firstBad_ofARangeThatLeavesTheAddressSpace_isLookedForUpToThere() {
        long start = Shadow.ADDRESS_LIMIT - 64;
        shadow.poison(start + 32, 8, ShadowByte.PAGE_FREE);
        assertThat(shadow.firstBad(start, 100)).isEqualTo(start + 32);
        shadow.unpoison(start + 32, 8);
        assertThat(shadow.firstBad(start, 100)).isEqualTo(start);
    }

    /** vmalloc(2035): one page and its guard page. */
    private static void poisonAroundVmallocOf2035Bytes() {
        shadow.poison(OBJECT, 2 * PAGE, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(OBJECT, 2035);
    }

    @Test
    void vmallocOf2035Bytes_hasTheKernelsShadow() {
        poisonAroundVmallocOf2035Bytes();
        byte[] expected = new byte[2 * PAGE / 8];
        Arrays.fill(expected, 254, expected.length, ShadowByte.VMALLOC_INVALID);
        expected[254] = 3;
        for (int i = 0; i < expected.length; i++) {
            assertThat(shadow.load(OBJECT + 8L * i)).as("granule %d", i).isEqualTo(expected[i]);
        }
    }

    @Test
    void vmallocOf2035Bytes_isBadBehindItsEnd() {
        poisonAroundVmallocOf2035Bytes();
        assertThat(shadow.isValid1(OBJECT + 2034)).isTrue();
        assertThat(shadow.isValid1(OBJECT + 2035)).isFalse();
        assertThat(shadow.isValid1(OBJECT + 2040)).isFalse();
        assertThat(shadow.isValid(OBJECT, 2035)).isTrue();
        assertThat(shadow.isValid(OBJECT, 2036)).isFalse();
        assertThat(shadow.firstBad(OBJECT + 2035, 1)).isEqualTo(OBJECT + 2035);
    }

    @Test
    void rows_aroundVmallocOf2035Bytes_areTheKernels() {
        poisonAroundVmallocOf2035Bytes();
        long bad = OBJECT + 0x7f3;
        String live = "00 ".repeat(16).strip();
        String invalid = "f8 ".repeat(16).strip();
        assertThat(row(bad - 128)).isEqualTo(live);
        assertThat(row(bad)).isEqualTo("00 ".repeat(14) + "03 f8");
        assertThat(row(bad & -128)).isEqualTo(row(bad));
        assertThat(row(bad + 128)).isEqualTo(invalid);
    }

    private static String row(long address) {
        return HexFormat.ofDelimiter(" ").formatHex(shadow.row(address));
    }

    @Test
    void isValid_ofNoBytes_isTrueAnywhere() {
        poisonAroundAnObjectOf21Bytes();
        assertThat(shadow.isValid(OBJECT + 24, 0)).isTrue();
        assertThat(shadow.isValid(-1, 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -8, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 47})
    void isValid_ofASizeThatLeavesTheAddressSpace_isFalse(long size) {
        assertThat(shadow.isValid(OBJECT, size)).isFalse();
    }

    @Test
    void isValid_ofAnAddressOutsideTheAddressSpace_isFalse() {
        assertThat(shadow.isValid(-1, 1)).isFalse();
        assertThat(shadow.isValid(-8, 16)).isFalse();
        assertThat(shadow.isValid(Shadow.ADDRESS_LIMIT, 1)).isFalse();
        assertThat(shadow.isValid(Shadow.ADDRESS_LIMIT - 8, 9)).isFalse();
        assertThat(shadow.isValid(Shadow.ADDRESS_LIMIT - 8, 8)).isTrue();
    }

    @Test
    void lastGranules_haveShadowBehindThem() {
        long last = Shadow.ADDRESS_LIMIT - 1;
        assertThat(shadow.isValid8(last)).isTrue();
        assertThat(shadow.isValid16(last)).isTrue();
        assertThat(shadow.row(last)).hasSize(Shadow.ROW_SHADOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 63, 64, 100, 511, 512})
    void isValid_findsOneBadGranuleWhereverItIs(int granule) {
        int granules = 513;
        for (int start = 0; start <= granule && start < 20; start++) {
            shadow.poison(OBJECT + 8L * granule, 8, ShadowByte.VMALLOC_INVALID);
            long from = OBJECT + 8L * start;
            assertThat(shadow.isValid(from, 8L * (granules - start))).isFalse();
            assertThat(shadow.firstBad(from, 8L * (granules - start)))
                    .isEqualTo(OBJECT + 8L * granule);
            assertThat(shadow.isValid(from, 8L * (granule - start))).isTrue();
            shadow.unpoison(OBJECT + 8L * granule, 8);
            assertThat(shadow.isValid(from, 8L * (granules - start))).isTrue();
        }
    }

    @Test
    void poisonLastGranule_writesOnlyAPartialOne() {
        shadow.poison(OBJECT, 16, ShadowByte.SLAB_REDZONE);
        shadow.poisonLastGranule(OBJECT, 8);
        assertThat(shadow.load(OBJECT + 8)).isEqualTo(ShadowByte.SLAB_REDZONE);
        shadow.poisonLastGranule(OBJECT, 13);
        assertThat(shadow.load(OBJECT)).isEqualTo(ShadowByte.SLAB_REDZONE);
        assertThat(shadow.load(OBJECT + 8)).isEqualTo((byte) 5);
    }

    @Test
    void unpoison_ofAPartialGranule_takesAwayTheRest() {
        shadow.unpoison(OBJECT, 24);
        shadow.unpoison(OBJECT, 21);
        assertThat(shadow.isValid1(OBJECT + 20)).isTrue();
        assertThat(shadow.isValid1(OBJECT + 21)).isFalse();
    }

    @Test
    void poison_ofNoBytes_doesNothing() {
        shadow.poison(OBJECT, 0, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(OBJECT, 0);
        assertThat(shadow.load(OBJECT)).isZero();
    }

    @Test
    void poison_notInWholeGranules_isRefusedAndDoesNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shadow.poison(OBJECT + 4, 8, ShadowByte.VMALLOC_INVALID))
                .withMessage(
                        "Address 0x123450000004 is not the start of a granule: it must be a"
                                + " multiple of 8.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shadow.poison(OBJECT, 12, ShadowByte.VMALLOC_INVALID))
                .withMessage("Cannot poison 12 bytes: the size must be a multiple of 8.");
        assertThatIllegalArgumentException().isThrownBy(() -> shadow.unpoison(OBJECT + 1, 8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shadow.poisonLastGranule(OBJECT + 1, 8));
        assertThat(shadow.isValid(OBJECT, 16)).isTrue();
    }

    @Test
    void poison_outsideTheAddressSpace_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shadow.poison(-8, 8, ShadowByte.VMALLOC_INVALID))
                .withMessageContaining("which ends at 0x800000000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shadow.unpoison(Shadow.ADDRESS_LIMIT - 8, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> shadow.unpoison(OBJECT, -8));
    }

    @Test
    void shadowAddress_isOneByteFurtherPerGranule() {
        assertThat(shadow.shadowAddress(0)).isEqualTo(shadow.base());
        assertThat(shadow.shadowAddress(OBJECT + 15) - shadow.shadowAddress(OBJECT)).isOne();
    }

    @Test
    void reserve_commitsNothing() {
        try (Shadow fresh = Shadow.reserve(HOST)) {
            assertThat(HOST.residentPages(fresh.base(), 16L * HOST.pageSize())).isZero();
            assertThat(fresh.load(OBJECT)).isEqualTo(ShadowByte.ACCESSIBLE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4096, true, 4096",
        "4088, 8, true, 4096",
        "4092, 8, false, 4100",
        "4096, 1, false, 4096",
        "4099, 1, false, 4099",
        "10, 8192, false, 4098",
        "8192, 8, true, 8200",
        "4000, 8192, false, 4096",
    })
    void lazilyPoisonedPage_countsInEffect(int offset, int size, boolean accessible, int firstBad) {
        LazyPoison page =
                (from, end) -> {
                    long poisoned = Math.max(from, OBJECT + PAGE);
                    return poisoned < Math.min(end, OBJECT + 2 * PAGE) ? poisoned : end;
                };
        shadow.register(page);
        try {
            assertThat(shadow.isValid(OBJECT + offset, size)).isTrue();
            assertThat(shadow.isAccessible(OBJECT + offset, size)).isEqualTo(accessible);
            if (!accessible) {
                assertThat(shadow.firstBad(OBJECT + offset, size)).isEqualTo(OBJECT + firstBad);
            }
        } finally {
            shadow.unregister(page);
        }
        assertThat(shadow.isAccessible(OBJECT + offset, size)).isTrue();
    }

    @Test
    void row_showsWhatTheShadowSaysInEffect() {
        LazyPoison granules = (from, end) -> Math.min(Math.max(from, OBJECT + 64), end);
        shadow.register(granules);
        try {
            assertThat(HexFormat.of().formatHex(shadow.row(OBJECT + 3)))
                    .isEqualTo("00".repeat(8) + "f8".repeat(8));
            assertThat(shadow.effective(OBJECT + 63)).isZero();
            assertThat(shadow.effective(OBJECT + 64)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        } finally {
            shadow.unregister(granules);
        }
    }
}
