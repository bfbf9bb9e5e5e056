package org.jkasan.samples.kasantest;

import static org.jkasan.samples.kasantest.TestCase.of;

import java.util.ArrayList;
import java.util.List;

/** The module of Linux 5.5, lib/test_kasan.c: 36 tests, with the sizes of that time. */
final class OldModule {

    private static final int MAX_CACHE = Cases.MAX_CACHE;

    private OldModule() {}

    static List<TestCase> cases() {
        List<TestCase> cases = new ArrayList<>();
        cases.addAll(kmalloc());
        cases.addAll(ranges());
        cases.addAll(others());
        return cases;
    }

    private static List<TestCase> kmalloc() {
        return List.of(
                of("kmalloc_oob_right", KmallocCases::new, c -> c.writeRight(123)),
                of("kmalloc_oob_left", KmallocCases::new, KmallocCases::oobLeft),
                of("kmalloc_node_oob_right", KmallocCases::new, KmallocCases::nodeWriteRight),
                of(
                        "kmalloc_pagealloc_oob_right",
                        KmallocCases::new,
                        c -> c.writeRight(MAX_CACHE + 10)),
                of("kmalloc_pagealloc_uaf", KmallocCases::new, KmallocCases::largeWriteAfterFree),
                of(
                        "kmalloc_pagealloc_invalid_free",
                        KmallocCases::new,
                        KmallocCases::largeInvalidFree),
                of(
                        "kmalloc_large_oob_right",
                        KmallocCases::new,
                        c -> c.writeRight(MAX_CACHE - 256)),
                of("kmalloc_oob_krealloc_more", KreallocCases::new, c -> c.oob(17, 19)),
                of("kmalloc_oob_krealloc_less", KreallocCases::new, c -> c.oob(17, 15)));
    }

    private static List<TestCase> ranges() {
        return List.of(
                of("kmalloc_oob_16", RangeCases::new, RangeCases::oob16),
                of("kmalloc_oob_in_memset", RangeCases::new, c -> c.memset(666, 0, 671)),
                of("kmalloc_oob_memset_2", RangeCases::new, c -> c.memset(8, 7, 2)),
                of("kmalloc_oob_memset_4", RangeCases::new, c -> c.memset(8, 5, 4)),
                of("kmalloc_oob_memset_8", RangeCases::new, c -> c.memset(8, 1, 8)),
                of("kmalloc_oob_memset_16", RangeCases::new, c -> c.memset(16, 1, 16)),
                of("kmalloc_uaf", FreedCases::new, c -> c.uaf(Cases.WRITE)),
                of("kmalloc_uaf_memset", RangeCases::new, RangeCases::uafMemset),
                of("kmalloc_uaf2", FreedCases::new, c -> c.uaf2(Cases.WRITE)),
                of("kfree_via_page", KmallocCases::new, KmallocCases::kfreeViaPage),
                of("kfree_via_phys", KmallocCases::new, KmallocCases::kfreeViaPhys));
    }

    private static List<TestCase> others() {
        return List.of(
                of("kmem_cache_oob", CacheCases::new, CacheCases::oob),
                of("memcg_accounted_kmem_cache", CacheCases::new, CacheCases::accounted),
                of("kasan_stack_oob", VariableCases::new, VariableCases::stackOob),
                of("kasan_global_oob", VariableCases::new, VariableCases::globalOobRight),
                of("kasan_alloca_oob_left", VariableCases::new, VariableCases::allocaOobLeft),
                of("kasan_alloca_oob_right", VariableCases::new, VariableCases::allocaOobRight),
                of("ksize_unpoisons_memory", FreedCases::new, FreedCases::ksizeOld),
                of("copy_user_test", CopyCases::new, c -> c.user(10)),
                of("kmem_cache_double_free", CacheCases::new, CacheCases::doubleFree),
                of("kmem_cache_invalid_free", CacheCases::new, CacheCases::invalidFree),
                of("kasan_memchr", StringCases::new, StringCases::memchr),
                of("kasan_memcmp", StringCases::new, StringCases::memcmp),
                of("kasan_strings", StringCases::new, StringCases::stringsOld),
                of("kasan_bitops", BitopsCases::new, BitopsCases::old),
                of("kmalloc_double_kzfree", FreedCases::new, FreedCases::doubleKfreeSensitive),
                of("vmalloc_oob", VmallocCases::new, VmallocCases::oobOld));
    }
}
