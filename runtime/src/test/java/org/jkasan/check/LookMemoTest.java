package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookMemoTest {

    private static final HostMemory HOST = HostMemories.fromClassPath();
    private static final long ARRAY = 1L << 44;
    private static final long OTHER = ARRAY + (1 << 20);
    private static final int LENGTH = 1003;

    private final LookMemo memo = new LookMemo();
    private final Shadow shadow = new Shadow(memo);
    private final HeapArrays arrays = new HeapArrays(shadow, memo, null);
    private final ArrayLooks looks = new ArrayLooks(shadow, arrays);
    private final short[] array = new short[LENGTH];
    private final short[] other = new short[LENGTH + 1];

    @BeforeEach
    void track() {
        memo.reserveOn(HOST);
        shadow.reserveOn(HOST);
        open(ARRAY, 2 * LENGTH);
        open(OTHER, 2 * LENGTH + 2);
        arrays.track(array, ARRAY);
        arrays.track(other, OTHER);
    }

    private void open(long address, int size) {
        shadow.poison(address - 4096, 3 * 4096, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(address, size);
    }

    @AfterEach
    void check() {
        looks.check();
        shadow.close();
    }

    /** Looks at all of the shortest. */
    private long look(Object one, Object two, Object three) {
        return looks.range(one, two, three, 0, 1, LENGTH - 1, 1, 1);
    }

    private void lookTwice() {
        for (int i = 0; i < 2; i++) {
            assertThat(look(array, other, null)).isZero();
        }
        assertThat(memo.isKnown(array, other)).isTrue();
    }

    @Test
    void array_isKnownFromItsSecondLookOn() {
        look(array, null, null);
        assertThat(memo.isKnown(array)).isFalse();
        look(array, null, null);
        assertThat(memo.isKnown(array)).isTrue();
        assertThat(memo.isKnown(other)).isFalse();
    }

    @Test
    void arrays_areKnownTogether() {
        look(array, other, new short[LENGTH]);
        assertThat(look(array, other, new short[LENGTH])).isZero();
        assertThat(memo.isKnown(array, other, new short[5])).isTrue();
        assertThat(memo.isKnown(array, other, array)).isFalse();
        assertThat(memo.isKnown(other, array, new short[5])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 2 * LENGTH / 8 * 8})
    void poison_ofAnyOfAnArray_isSeenAtOnce(int offset) {
        lookTwice();
        shadow.poison(ARRAY + offset, 8, ShadowByte.VMALLOC_INVALID);
        assertThat(memo.isKnown(array, other)).isFalse();
        assertThat(look(array, other, null)).isEqualTo(ARRAY);
        lookAgainAndAgain();
    }

    @Test
    void poison_ofTheLastBytes_isSeenAtOnce() {
        lookTwice();
        shadow.unpoison(OTHER, 2 * LENGTH);
        assertThat(memo.isKnown(array, other)).isFalse();
        assertThat(look(array, other, null)).isZero(); // of all that the loop touches
        lookAgainAndAgain(); // but not of all that the array has
    }

    /** What is bad is not remembered, how often ever it is looked at. */
    private void lookAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            look(array, other, null);
            assertThat(memo.isKnown(array, other)).isFalse();
        }
    }

    @Test
    void poison_ofWhatNobodyTracks_leavesAllAsItWas() {
        lookTwice();
        long far = OTHER + (1 << 20);
        shadow.poison(far, 4096, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(far, 13);
        assertThat(memo.isKnown(array, other)).isTrue();
    }

    @Test
    void unpoison_leavesAllAsItWas() {
        lookTwice();
        shadow.unpoison(ARRAY, 2 * LENGTH);
        assertThat(memo.isKnown(array, other)).isTrue();
    }

    @Test
    void arrayThatLeaves_isNotKnown() {
        lookTwice();
        arrays.untrack(other);
        assertThat(memo.isKnown(array, other)).isFalse();
        lookAgainAndAgain(); // it has a hash, and may be tracked again any time
    }

    @Test
    void arrayThatMoves_isNotKnown() {
        lookTwice();
        arrays.track(other, OTHER + 4096);
        assertThat(memo.isKnown(array, other)).isFalse();
        assertThat(look(array, other, null)).isEqualTo(OTHER + 4096);
    }

    @Test
    void arrayThatIsTrackedLater_isNotKnown() {
        short[] late = new short[LENGTH];
        look(array, late, null);
        look(array, late, null);
        assertThat(memo.isKnown(array, late)).isTrue();
        arrays.track(late, OTHER + 4096);
        assertThat(memo.isKnown(array, late)).isFalse();
    }

    @Test
    void arrayWithTheHashOfAnother_isNotTakenForIt() {
        Map<Integer, byte[]> byHash = new HashMap<>();
        byte[] twin = new byte[8];
        while (byHash.putIfAbsent(System.identityHashCode(twin), twin) == null) {
            twin = new byte[8];
        }
        byte[] first = byHash.get(System.identityHashCode(twin));
        arrays.track(first, ARRAY);
        lookAt(first);
        assertThat(memo.isKnown(first)).isTrue();

        arrays.track(twin, OTHER - 4096);
        assertThat(memo.isKnown(twin)).isFalse();
        lookAt(first);
        assertThat(memo.isKnown(twin)).isFalse();
        assertThat(looks.range(twin, null, null, 0, 1, 7, 1, 0)).isNotZero();
    }

    private void lookAt(byte[] bytes) {
        for (int i = 0; i < 2; i++) {
            assertThat(looks.range(bytes, null, null, 0, 1, 7, 1, 0)).isZero();
        }
    }

    @Test
    void lockedArray_isNotKnown() {
        lookTwice();
        synchronized (array) {
            assertThat(memo.isKnown(array, other)).isFalse();
            lookAgainAndAgain();
        }
    }

    @Test
    void eras_thatBeginAnew_bringNothingBack() {
        lookTwice();
        long era = memo.era();
        do {
            memo.run();
        } while (memo.era() != era);
        assertThat(memo.isKnown(array, other)).isFalse();
    }

    @Test
    void arrayFromBeforeTheShadow_isNotKnown() {
        LookMemo early = new LookMemo();
        Shadow late = new Shadow(early);
        HeapArrays tracked = new HeapArrays(late, early, null);
        tracked.track(array, ARRAY);
        early.reserveOn(HOST);
        late.reserveOn(HOST);
        ArrayLooks first = new ArrayLooks(late, tracked);
        for (int i = 0; i < 3; i++) {
            assertThat(first.range(array, null, null, 0, 1, LENGTH - 1, 1, 1)).isZero();
            assertThat(early.isKnown(array)).isFalse();
        }
        late.close();
    }
}
