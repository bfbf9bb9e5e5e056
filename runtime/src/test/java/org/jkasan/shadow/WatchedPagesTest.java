package org.jkasan.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.host.HostMemories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedPagesTest {

    private static final long PAGE = 4096;
    private static final long OBJECT = 1L << 44;

    private final Shadow shadow = new Shadow(() -> this.told++);
    private int told;

    @BeforeEach
    void reserve() {
        shadow.reserveOn(HostMemories.fromClassPath());
        shadow.watch(OBJECT, PAGE + 1);
    }

    @AfterEach
    void release() {
        shadow.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 1",
        "4088, 8, 1",
        "8184, 8, 1", // the rest of a page is watched, too
        "8192, 8, 0",
        "-8, 8, 0",
        "-8, 16, 1",
        "-409600, 409600, 0",
        "-409600, 409608, 1",
        "-409600, 819200, 1",
        "0, 0, 0"
    })
    void poison_isToldOfWatchedPagesOnly(long offset, long size, int times) {
        shadow.poison(OBJECT + offset, size, ShadowByte.VMALLOC_INVALID);
        assertThat(told).isEqualTo(times);
    }

    @Test
    void lastGranule_isToldIfItGetsWorse() {
        shadow.unpoison(OBJECT, 13);
        assertThat(told).isOne();
        shadow.unpoison(OBJECT, 13);
        shadow.unpoison(OBJECT, 14);
        shadow.unpoison(OBJECT, 16);
        assertThat(told).isOne();
        shadow.poisonLastGranule(OBJECT, 14);
        shadow.poisonLastGranule(OBJECT, 13);
        assertThat(told).isEqualTo(3);
        shadow.poison(OBJECT + 8, 8, ShadowByte.VMALLOC_INVALID);
        assertThat(told).isEqualTo(4);
        shadow.unpoison(OBJECT, 13);
        assertThat(told).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, true", "0, 8192, true", "0, 8193, false", "-1, 2, false", "8192, 1, false"})
    void range_isWatchedIfAllOfItIs(long offset, long size, boolean watched) {
        assertThat(shadow.isWatched(OBJECT + offset, size)).isEqualTo(watched);
    }
}
