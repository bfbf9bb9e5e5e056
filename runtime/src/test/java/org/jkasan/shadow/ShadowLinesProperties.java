package org.jkasan.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jkasan.host.HostMemories;

/** Ranges looked at through marks of lines, against one look at each shadow byte. */
class ShadowLinesProperties {

    /** More than two words of marks. */
    private static final int BYTES = 20 << ShadowLines.SHIFT;

    private static Shadow shadow;

    @BeforeContainer
    static void reserve() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
    }

    @AfterContainer
    static void release() {
        shadow.close();
    }

    /** Makes a range accessible, or not, that begins at a granule. */
    record Operation(boolean poisons, int granule, int size) {}

    @Provide
    Arbitrary<List<Operation>> operations() {
        Arbitrary<Integer> sizes =
                Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 64),
                        Arbitraries.integers().between(0, BYTES),
                        Arbitraries.integers().between(0, 20).map(lines -> lines << 9));
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, BYTES / 8 - 1),
                        sizes)
                .as(Operation::new)
                .list()
                .ofMaxSize(8);
    }

    /** Anywhere in a word of marks, and at both ends of the address space. */
    @Provide
    Arbitrary<Long> bases() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 15).map(line -> 0x2345_6000_0000L + (line << 9)),
                Arbitraries.longs().between(0, 15).map(granule -> granule << 3),
                Arbitraries.of(Shadow.ADDRESS_LIMIT - BYTES, Shadow.ADDRESS_LIMIT - BYTES - 8));
    }

    @Property(tries = 200)
    void ranges_areAsTheirBytesSay(
            @ForAll("operations") List<Operation> operations,
            @ForAll("bases") long base,
            @ForAll long seed) {
        shadow.unpoison(base, BYTES);
        for (Operation operation : operations) {
            int room = Math.min(operation.size(), BYTES - 8 * operation.granule());
            long address = base + 8L * operation.granule();
            if (operation.poisons()) {
                shadow.poison(address, room & -8, ShadowByte.SLAB_FREE);
            } else {
                shadow.unpoison(address, room);
            }
        }
        assertThat(shadow.hasSoundSummary(base, BYTES)).isTrue();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int offset = random.nextInt(BYTES);
            int most = i % 2 == 0 ? BYTES - offset : Math.min(BYTES - offset, 1000);
            int size = random.nextInt(most + 1);
            boolean expected = isValid(base + offset, size);
            assertThat(shadow.isValid(base + offset, size))
                    .as("%d bytes at %d", size, offset)
                    .isEqualTo(expected);
            if (size > 0) {
                // in doubt it is not sure, but never of what is smaller than the memory of a line
                boolean sure = shadow.isSurelyValid(base + offset, base + offset + size - 1);
                assertThat(sure)
                        .as("%d bytes at %d, surely", size, offset)
                        .isEqualTo(expected && (sure || size <= ShadowLines.SIZE));
            }
            long words = random.nextInt(40);
            assertThat(shadow.isValid(base + offset, size, words) && !expected)
                    .as("%d bytes at %d, %d words", size, offset, words)
                    .isFalse();
        }
        shadow.unpoison(base, BYTES);
    }

    /** One granule after the other. */
    private static boolean isValid(long address, int size) {
        for (int i = 0; i < size; i++) {
            if (!shadow.isValid1(address + i)) {
                return false;
            }
        }
        return true;
    }
}
