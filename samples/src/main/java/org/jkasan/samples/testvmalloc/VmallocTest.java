package org.jkasan.samples.testvmalloc;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tests of the module, in its order; each is a bit of run_test_mask, the first one bit 0. */
enum VmallocTest {
    FIX_SIZE("fix_size_alloc_test", FixSizeAlloc::new),
    FULL_FIT("full_fit_alloc_test", FullFitAlloc::new),
    LONG_BUSY_LIST("long_busy_list_alloc_test", LongBusyListAlloc::new),
    RANDOM_SIZE("random_size_alloc_test", RandomSizeAlloc::new),
    FIX_ALIGN("fix_align_alloc_test", FixAlignAlloc::new),
    RANDOM_SIZE_ALIGN("random_size_align_alloc_test", RandomSizeAlignAlloc::new),
    ALIGN_SHIFT("align_shift_alloc_test", AlignShiftAlloc::new),
    PCPU("pcpu_alloc_test", PcpuAlloc::new),
    KVFREE_RCU_1_ARG("kvfree_rcu_1_arg_vmalloc_test", context -> new KvfreeRcu(context, false)),
    KVFREE_RCU_2_ARG("kvfree_rcu_2_arg_vmalloc_test", context -> new KvfreeRcu(context, true)),
    MAP_RAM("vm_map_ram_test", MapRam::new),
    NO_BLOCK("no_block_alloc_test", NoBlockAlloc::new);

    private final String key;
    private final Function<TestContext, TestBody> body;

    VmallocTest(String key, Function<TestContext, TestBody> body) {
        this.key = key;
        this.body = body;
    }

    /** Its name, as the module prints it. */
    String key() {
        return key;
    }

    int bit() {
        return 1 << ordinal();
    }

    /** Whether a failure is none: xfail. */
    boolean isExpectedToFail() {
        return this == ALIGN_SHIFT || this == NO_BLOCK;
    }

    /** Whether the module of Linux 5.5 has it already. */
    boolean isOfLinux55() {
        return ordinal() <= PCPU.ordinal();
    }

    /** Whether a parameter says how long it is. */
    boolean hasLoop() {
        return this != ALIGN_SHIFT && this != PCPU;
    }

    TestBody body(TestContext context) {
        return body.apply(context);
    }

    /** Those of which the mask has the bit. */
    static List<VmallocTest> of(int mask) {
        return Arrays.stream(values()).filter(test -> (mask & test.bit()) != 0).toList();
    }

    static Optional<VmallocTest> named(String key) {
        return Arrays.stream(values()).filter(test -> test.key.equals(key)).findFirst();
    }
}
