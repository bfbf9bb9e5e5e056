package org.jkasan.samples.kasantest;

import static org.jkasan.samples.kasantest.TestCase.needing;
import static org.jkasan.samples.kasantest.TestCase.of;

import java.util.ArrayList;
import java.util.List;

/** The KUnit suite of Linux 6.19, mm/kasan/kasan_test_c.c: 76 cases. */
final class CurrentSuite {

    private static final String OTHER_MODE = "CONFIG_KASAN_GENERIC=n";
    private static final String TAGS = "CONFIG_KASAN_SW_TAGS=y";
    private static final int MAX_CACHE = Cases.MAX_CACHE;

    private CurrentSuite() {}

    static List<TestCase> cases() {
        List<TestCase> cases = new ArrayList<>();
        cases.addAll(kmalloc());
        cases.addAll(ranges());
        cases.addAll(freed());
        cases.addAll(caches());
        cases.addAll(mempools());
        cases.addAll(others());
        return cases;
    }

    private static List<TestCase> kmalloc() {
        return List.of(
                of("kmalloc_oob_right", KmallocCases::new, KmallocCases::oobRight),
                of("kmalloc_oob_left", KmallocCases::new, KmallocCases::oobLeft),
                of("kmalloc_node_oob_right", KmallocCases::new, KmallocCases::nodeOobRight),
                of(
                        "kmalloc_track_caller_oob_right",
                        KmallocCases::new,
                        KmallocCases::trackCallerOobRight),
                of("kmalloc_big_oob_right", KmallocCases::new, c -> c.writeRight(MAX_CACHE - 256)),
                of("kmalloc_large_oob_right", KmallocCases::new, c -> c.writeRight(MAX_CACHE + 10)),
                of("kmalloc_large_uaf", KmallocCases::new, KmallocCases::largeUaf),
                of("kmalloc_large_invalid_free", KmallocCases::new, KmallocCases::largeInvalidFree),
                needing("page_alloc_oob_right", OTHER_MODE),
                of("page_alloc_uaf", PageCases::new, PageCases::uaf),
                of("krealloc_more_oob", KreallocCases::new, c -> c.moreOob(201, 235)),
                of("krealloc_less_oob", KreallocCases::new, c -> c.lessOob(235, 201)),
                of(
                        "krealloc_large_more_oob",
                        KreallocCases::new,
                        c -> c.moreOob(MAX_CACHE + 201, MAX_CACHE + 235)),
                of(
                        "krealloc_large_less_oob",
                        KreallocCases::new,
                        c -> c.lessOob(MAX_CACHE + 235, MAX_CACHE + 201)),
                of("krealloc_uaf", KreallocCases::new, KreallocCases::uaf));
    }

    private static List<TestCase> ranges() {
        int size = 128 - Cases.GRANULE;
        return List.of(
                of("kmalloc_oob_16", RangeCases::new, RangeCases::oob16),
                of("kmalloc_uaf_16", RangeCases::new, RangeCases::uaf16),
                of("kmalloc_oob_in_memset", RangeCases::new, c -> c.memset(size, 0, 128)),
                of("kmalloc_oob_memset_2", RangeCases::new, c -> c.memset(size, size - 1, 2)),
                of("kmalloc_oob_memset_4", RangeCases::new, c -> c.memset(size, size - 3, 4)),
                of("kmalloc_oob_memset_8", RangeCases::new, c -> c.memset(size, size - 7, 8)),
                of("kmalloc_oob_memset_16", RangeCases::new, c -> c.memset(size, size - 15, 16)),
                of(
                        "kmalloc_memmove_negative_size",
                        RangeCases::new,
                        RangeCases::memmoveNegativeSize),
                of(
                        "kmalloc_memmove_invalid_size",
                        RangeCases::new,
                        RangeCases::memmoveInvalidSize));
    }

    private static List<TestCase> freed() {
        return List.of(
                of("kmalloc_uaf", FreedCases::new, c -> c.uaf(Cases.READ)),
                of("kmalloc_uaf_memset", RangeCases::new, RangeCases::uafMemset),
                of("kmalloc_uaf2", FreedCases::new, c -> c.uaf2(Cases.READ)),
                needing("kmalloc_uaf3", OTHER_MODE),
                of("kmalloc_double_kzfree", FreedCases::new, FreedCases::doubleKfreeSensitive),
                of("ksize_unpoisons_memory", FreedCases::new, FreedCases::ksizeUnpoisonsMemory),
                of("ksize_uaf", FreedCases::new, FreedCases::ksizeUaf),
                of("rcu_uaf", DeferredCases::new, DeferredCases::rcuUaf),
                of("workqueue_uaf", DeferredCases::new, DeferredCases::workqueueUaf),
                of("kfree_via_page", KmallocCases::new, KmallocCases::kfreeViaPage),
                of("kfree_via_phys", KmallocCases::new, KmallocCases::kfreeViaPhys));
    }

    private static List<TestCase> caches() {
        return List.of(
                of("kmem_cache_oob", CacheCases::new, CacheCases::oob),
                of("kmem_cache_double_free", CacheCases::new, CacheCases::doubleFree),
                of("kmem_cache_invalid_free", CacheCases::new, CacheCases::invalidFree),
                of("kmem_cache_rcu_uaf", CacheCases::new, CacheCases::rcuUaf),
                of("kmem_cache_rcu_reuse", CacheCases::new, CacheCases::rcuReuse),
                of("kmem_cache_double_destroy", CacheCases::new, CacheCases::doubleDestroy),
                of("kmem_cache_accounted", CacheCases::new, CacheCases::accounted),
                of("kmem_cache_bulk", CacheCases::new, CacheCases::bulk));
    }

    private static List<TestCase> mempools() {
        return List.of(
                of("mempool_kmalloc_oob_right", MempoolCases::new, MempoolCases::kmallocOobRight),
                of(
                        "mempool_kmalloc_large_oob_right",
                        MempoolCases::new,
                        MempoolCases::kmallocLargeOobRight),
                of("mempool_slab_oob_right", MempoolCases::new, MempoolCases::slabOobRight),
                of("mempool_kmalloc_uaf", MempoolCases::new, MempoolCases::kmallocUaf),
                of("mempool_kmalloc_large_uaf", MempoolCases::new, MempoolCases::kmallocLargeUaf),
                of("mempool_slab_uaf", MempoolCases::new, MempoolCases::slabUaf),
                of("mempool_page_alloc_uaf", MempoolCases::new, MempoolCases::pageAllocUaf),
                of(
                        "mempool_kmalloc_double_free",
                        MempoolCases::new,
                        MempoolCases::kmallocDoubleFree),
                of(
                        "mempool_kmalloc_large_double_free",
                        MempoolCases::new,
                        MempoolCases::kmallocLargeDoubleFree),
                of(
                        "mempool_page_alloc_double_free",
                        MempoolCases::new,
                        MempoolCases::pageAllocDoubleFree),
                of(
                        "mempool_kmalloc_invalid_free",
                        MempoolCases::new,
                        MempoolCases::kmallocInvalidFree),
                of(
                        "mempool_kmalloc_large_invalid_free",
                        MempoolCases::new,
                        MempoolCases::kmallocLargeInvalidFree));
    }

    private static List<TestCase> others() {
        return List.of(
                of("kasan_global_oob_right", VariableCases::new, VariableCases::globalOobRight),
                of("kasan_global_oob_left", VariableCases::new, VariableCases::globalOobLeft),
                of("kasan_stack_oob", VariableCases::new, VariableCases::stackOob),
                of("kasan_alloca_oob_left", VariableCases::new, VariableCases::allocaOobLeft),
                of("kasan_alloca_oob_right", VariableCases::new, VariableCases::allocaOobRight),
                of("kasan_memchr", StringCases::new, StringCases::memchr),
                of("kasan_memcmp", StringCases::new, StringCases::memcmp),
                of("kasan_strings", StringCases::new, StringCases::strings),
                of("kasan_bitops_generic", BitopsCases::new, BitopsCases::generic),
                needing("kasan_bitops_tags", OTHER_MODE),
                of("kasan_atomics", AtomicsCases::new, AtomicsCases::atomics),
                needing("vmalloc_helpers_tags", OTHER_MODE),
                of("vmalloc_oob", VmallocCases::new, VmallocCases::oob),
                needing("vmap_tags", TAGS),
                needing("vm_map_ram_tags", TAGS),
                needing("match_all_not_assigned", OTHER_MODE),
                needing("match_all_ptr_tag", OTHER_MODE),
                needing("match_all_mem_tag", OTHER_MODE),
                of("copy_to_kernel_nofault_oob", CopyCases::new, CopyCases::toKernelNofault),
                needing("rust_uaf", "CONFIG_RUST=y"),
                of("copy_user_test_oob", CopyCases::new, c -> c.user(128 - Cases.GRANULE)));
    }
}
