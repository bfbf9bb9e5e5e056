package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/** What is remembered of looks at arrays against what table and shadow say. */
class LookMemoProperties {

    private static final int ARRAYS = 3;
    private static final int LENGTH = 21;
    private static final int GRANULES = 13;
    private static final long REGION = 1L << 44;

    private static final LookMemo MEMO = new LookMemo();
    private static final Shadow SHADOW = new Shadow(MEMO);

    private enum Action {
        LOOK,
        LOOK_TWICE,
        POISON,
        UNPOISON,
        SHORTEN,
        TRACK,
        UNTRACK
    }

    /** An action on an array, at one of its granules or of its neighbours'. */
    record Step(Action action, int array, int granule) {}

    @BeforeContainer
    static void reserve() {
        HostMemory host = HostMemories.fromClassPath();
        MEMO.reserveOn(host);
        SHADOW.reserveOn(host);
    }

    @AfterContainer
    static void release() {
        SHADOW.close();
    }

    @Property(tries = 300)
    void whatIsKnown_isTrue(@ForAll("steps") List<Step> steps) {
        HeapArrays table = new HeapArrays(SHADOW, MEMO, null);
        ArrayLooks looks = new ArrayLooks(SHADOW, table);
        byte[][] arrays = new byte[ARRAYS][LENGTH];
        boolean known = false;
        for (Step step : steps) {
            run(step, table, looks, arrays);
            for (byte[] array : arrays) {
                boolean now = MEMO.isKnown(array);
                assertThat(now && !isAccessible(table, array)).as(step.toString()).isFalse();
                known |= now && table.handle(array) != 0;
            }
            looks.check();
        }
        Statistics.label("an array was known")
                .collect(known)
                .coverage(times -> times.check(true).percentage(share -> share > 30));
        for (byte[] array : arrays) {
            table.untrack(array);
        }
        MEMO.run();
    }

    private static void run(Step step, HeapArrays table, ArrayLooks looks, byte[][] arrays) {
        byte[] array = arrays[step.array];
        long granule = REGION + 8L * step.granule;
        switch (step.action) {
            case LOOK -> look(looks, array);
            case LOOK_TWICE -> {
                look(looks, array);
                look(looks, array);
            }
            case POISON -> SHADOW.poison(granule, 8, ShadowByte.VMALLOC_INVALID);
            case UNPOISON -> SHADOW.unpoison(REGION, GRANULES * 8L);
            case SHORTEN -> SHADOW.unpoison(granule, 5);
            case TRACK -> table.track(array, granule);
            default -> table.untrack(array);
        }
    }

    private static void look(ArrayLooks looks, byte[] array) {
        looks.range(array, null, null, 0, 1, LENGTH - 1, 1, 0);
    }

    private static boolean isAccessible(HeapArrays table, byte[] array) {
        long handle = table.handle(array);
        for (int i = 0; handle != 0 && i < LENGTH; i++) {
            if (!SHADOW.isValid1(handle + i)) {
                return false;
            }
        }
        return true;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(1, Action.LOOK),
                                Tuple.of(6, Action.LOOK_TWICE),
                                Tuple.of(2, Action.POISON),
                                Tuple.of(3, Action.UNPOISON),
                                Tuple.of(1, Action.SHORTEN),
                                Tuple.of(3, Action.TRACK),
                                Tuple.of(1, Action.UNTRACK)),
                        Arbitraries.integers().between(0, ARRAYS - 1),
                        Arbitraries.integers().between(0, GRANULES - 4))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }
}
