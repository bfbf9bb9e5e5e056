package org.jkasan.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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

/**
 * The shadow against an oracle that keeps one boolean per byte. The two agree without exception:
 * where the kernel's functions look odd (the one for 16 bytes aligned fails at any partial last
 * granule, the ones for 2, 4 and 8 want the whole first granule of two), a byte of the access is
 * inaccessible, as a granule is never accessible at its end alone.
 */
class ShadowProperties {

    private static final long BASE = 0x2345_6000_0000L;
    private static final int BYTES = 1024;
    private static final int[] CALL_SIZES = {1, 2, 4, 8, 16};

    private static Shadow shadow;

    @BeforeContainer
    static void reserve() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
    }

    @AfterContainer
    static void release() {
        shadow.close();
    }

    enum Verb {
        POISON,
        UNPOISON,
        POISON_LAST_GRANULE
    }

    /** An operation on an object that begins at a granule. */
    record Operation(Verb verb, int granule, int size, byte value) {}

    @Provide
    Arbitrary<List<Operation>> operations() {
        Arbitrary<Byte> values =
                Arbitraries.of(
                        ShadowByte.VMALLOC_INVALID,
                        ShadowByte.SLAB_REDZONE,
                        ShadowByte.SLAB_FREE,
                        ShadowByte.PAGE_FREE,
                        ShadowByte.ALLOCA_LEFT);
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.integers().between(0, BYTES / 8 - 1),
                        Arbitraries.integers().between(0, BYTES),
                        values)
                .as(ShadowProperties::operation)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private static Operation operation(Verb verb, int granule, int size, byte value) {
        int room = Math.min(size, BYTES - 8 * granule);
        return new Operation(verb, granule, verb == Verb.POISON ? room & -8 : room, value);
    }

    @Property(tries = 300)
    void checks_agreeWithTheOracle(
            @ForAll("operations") List<Operation> operations, @ForAll long seed) {
        boolean[] accessible = run(operations);
        for (int size : CALL_SIZES) {
            for (int offset = 0; offset <= BYTES - size; offset++) {
                boolean expected = all(accessible, offset, size);
                assertThat(call(BASE + offset, size))
                        .as("%d bytes at %d", size, offset)
                        .isEqualTo(expected);
            }
        }
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            int offset = random.nextInt(BYTES);
            int size = random.nextInt(BYTES - offset + 1);
            checkRange(accessible, offset, size);
        }
    }

    private static void checkRange(boolean[] accessible, int offset, int size) {
        boolean expected = all(accessible, offset, size);
        assertThat(shadow.isValid(BASE + offset, size))
                .as("%d bytes at %d", size, offset)
                .isEqualTo(expected);
        if (!expected) {
            int firstFalse = offset;
            while (accessible[firstFalse]) {
                firstFalse++;
            }
            long bad = shadow.firstBad(BASE + offset, size);
            assertThat(bad / 8).as("granule").isEqualTo((BASE + firstFalse) / 8);
            assertThat(bad & 7).as("offset in it").isEqualTo(offset & 7);
        }
    }

    /** Runs the operations on the shadow and on the oracle, whose answer this is. */
    private static boolean[] run(List<Operation> operations) {
        shadow.unpoison(BASE, BYTES);
        boolean[] accessible = new boolean[BYTES];
        Arrays.fill(accessible, true);
        for (Operation operation : operations) {
            int start = 8 * operation.granule();
            int end = start + operation.size();
            int endOfGranule = end + 7 & -8;
            long address = BASE + start;
            switch (operation.verb()) {
                case POISON -> {
                    shadow.poison(address, operation.size(), operation.value());
                    Arrays.fill(accessible, start, end, false);
                }
                case UNPOISON -> {
                    shadow.unpoison(address, operation.size());
                    Arrays.fill(accessible, start, end, true);
                    Arrays.fill(accessible, end, endOfGranule, false);
                }
                case POISON_LAST_GRANULE -> {
                    shadow.poisonLastGranule(address, operation.size());
                    Arrays.fill(accessible, end & -8, end, true); // nothing if none is partial
                    Arrays.fill(accessible, end, endOfGranule, false);
                }
            }
        }
        return accessible;
    }

    private static boolean all(boolean[] accessible, int offset, int size) {
        for (int i = offset; i < offset + size; i++) {
            if (!accessible[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean call(long address, int size) {
        return switch (size) {
            case 1 -> shadow.isValid1(address);
            case 2 -> shadow.isValid2(address);
            case 4 -> shadow.isValid4(address);
            case 8 -> shadow.isValid8(address);
            default -> shadow.isValid16(address);
        };
    }
}
