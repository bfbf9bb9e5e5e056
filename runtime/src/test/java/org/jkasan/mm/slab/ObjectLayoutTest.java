package org.jkasan.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectLayoutTest {

    @ParameterizedTest
    @CsvSource({
        "1, 16",
        "48, 16",
        "49, 32",
        "96, 32",
        "97, 64",
        "448, 64",
        "449, 128",
        "3968, 128",
        "3969, 256",
        "16128, 256",
        "16129, 512",
        "32256, 512",
        "32257, 1024",
        "64512, 1024",
        "64513, 2048",
        "1000000, 2048"
    })
    void redzone_isTheKernels(int size, int redzone) {
        assertThat(ObjectLayout.redzone(size)).isEqualTo(redzone);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 32",
        "16, 32",
        "32, 64",
        "64, 128",
        "96, 128",
        "128, 256",
        "192, 256",
        "256, 512",
        "512, 1024",
        "1024, 2048",
        "2048, 4096",
        "4096, 8192",
        "8192, 16384"
    })
    void strideOfKmalloc_isTheKernels(int size, int stride) {
        int index = SizeClasses.of(size);
        assertThat(SizeClasses.size(index)).isEqualTo(size);
        ObjectLayout layout =
                ObjectLayout.of(size, SizeClasses.align(index), SlabFlags.NONE, false, true);
        assertThat(layout.stride()).isEqualTo(stride);
        assertThat(layout.objects()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "1, kmalloc-8",
        "8, kmalloc-8",
        "9, kmalloc-16",
        "65, kmalloc-96",
        "97, kmalloc-128",
        "129, kmalloc-192",
        "193, kmalloc-256",
        "513, kmalloc-1k",
        "8192, kmalloc-8k"
    })
    void sizeClass_isTheKernels(int size, String name) {
        assertThat(SizeClasses.name(SizeClasses.of(size))).isEqualTo(name);
    }

    @Test
    void withoutKasan_thereIsNoRedzone() {
        ObjectLayout layout = ObjectLayout.of(100, 0, SlabFlags.NONE, false, false);
        assertThat(layout.stride()).isEqualTo(104);
        ObjectLayout aligned = ObjectLayout.of(100, 0, SlabFlags.HWCACHE_ALIGN, false, false);
        assertThat(aligned.stride()).isEqualTo(128);
        assertThat(ObjectLayout.of(20, 0, SlabFlags.HWCACHE_ALIGN, false, false).stride())
                .isEqualTo(32);
    }

    @Test
    void freeMetaOutside_makesTheStrideLarger() {
        assertThat(ObjectLayout.of(64, 0, SlabFlags.NONE, true, true).stride()).isEqualTo(96);
        assertThat(ObjectLayout.of(16, 0, SlabFlags.NONE, true, true).stride()).isEqualTo(48);
    }

    @Test
    void largeObject_hasASlabOfItsOwnOrder() {
        ObjectLayout layout = ObjectLayout.of(100_000, 0, SlabFlags.NONE, false, false);
        assertThat(layout.order()).isEqualTo(5);
        assertThat(layout.objects()).isEqualTo(1);
    }
}
