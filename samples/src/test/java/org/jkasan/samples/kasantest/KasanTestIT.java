package org.jkasan.samples.kasantest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both suites, in a JVM with the packaged agent for each JDK: a test for each case. */
class KasanTestIT {

    private static final Path AGENT = Path.of(System.getProperty("jkasan.agent")).normalize();
    private static final Path SAMPLES = Path.of(System.getProperty("jkasan.samples"));
    private static final String REPORT = "BUG: KASAN: ";

    private static final String OTHER_MODE = "CONFIG_KASAN_GENERIC=n";
    private static final String TAGS = "CONFIG_KASAN_SW_TAGS=y";

    /** Why cases of the current suite are skipped; all others must run and pass. */
    private static final List<String> SKIPPED =
            List.of(
                    "ok 9 page_alloc_oob_right # SKIP Test requires " + OTHER_MODE,
                    "ok 28 kmalloc_uaf3 # SKIP Test requires " + OTHER_MODE,
                    "ok 40 kmem_cache_rcu_reuse # SKIP Test requires CONFIG_SLUB_RCU_DEBUG=n",
                    "ok 65 kasan_bitops_tags # SKIP Test requires " + OTHER_MODE,
                    "ok 67 vmalloc_helpers_tags # SKIP Test requires " + OTHER_MODE,
                    "ok 69 vmap_tags # SKIP Test requires " + TAGS,
                    "ok 70 vm_map_ram_tags # SKIP Test requires " + TAGS,
                    "ok 71 match_all_not_assigned # SKIP Test requires " + OTHER_MODE,
                    "ok 72 match_all_ptr_tag # SKIP Test requires " + OTHER_MODE,
                    "ok 73 match_all_mem_tag # SKIP Test requires " + OTHER_MODE,
                    "ok 75 rust_uaf # SKIP Test requires CONFIG_RUST=y");

    private static JvmResult run(Jdk jdk, String... arguments) {
        List<String> all = new ArrayList<>(List.of("kasan-test"));
        all.addAll(List.of(arguments));
        return ChildJvm.on(jdk)
                .options("-Xmx128m")
                .agent(AGENT)
                .jar(SAMPLES, all.toArray(String[]::new))
                .run();
    }

    @TestFactory
    Stream<DynamicContainer> everyCase() {
        return Jdks.installed().stream()
                .flatMap(jdk -> Suite.all().stream().map(suite -> container(jdk, suite)));
    }

    private static DynamicContainer container(Jdk jdk, Suite suite) {
        JvmResult result = run(jdk, "suite=" + suite.version());
        List<String> lines = result.outLines().stream().map(String::strip).toList();
        List<DynamicNode> tests = new ArrayList<>();
        List<TestCase> cases = suite.cases();
        for (int i = 0; i < cases.size(); i++) {
            String name = cases.get(i).name();
            String ok = "ok " + (i + 1) + " " + name;
            String skip = SKIPPED.stream().filter(s -> s.startsWith(ok + " ")).findAny().orElse(ok);
            tests.add(dynamicTest(name, () -> assertThat(lines).as(why(result)).contains(skip)));
        }
        tests.add(dynamicTest("totals", () -> assertTotals(result, suite)));
        return dynamicContainer(jdk + ", " + suite.version(), tests);
    }

    private static void assertTotals(JvmResult result, Suite suite) {
        int total = suite.cases().size();
        int skipped = suite.version().equals("v6.19") ? SKIPPED.size() : 0;
        String totals =
                "pass:%d fail:0 skip:%d total:%d".formatted(total - skipped, skipped, total);
        assertThat(result.outLines())
                .startsWith("KTAP version 1", "1..1", "    KTAP version 1", "    # Subtest: kasan")
                .contains("    1.." + total)
                .endsWith("# kasan: " + totals, "# Totals: " + totals, "ok 1 kasan")
                .hasSize(total + 8);
        assertThat(result.status()).as(why(result)).isZero();
        assertThat(result.err()).doesNotContain(REPORT);
    }

    private static String why(JvmResult result) {
        return result.out() + result.err();
    }

    static Stream<Jdk> jdks() {
        return Jdks.installed().stream();
    }

    /** The kernel that is built the other way has the other case, and is otherwise the same. */
    @ParameterizedTest
    @MethodSource("jdks")
    void withoutSlubRcuDebug_theOtherCaseRuns(Jdk jdk) {
        JvmResult result = run(jdk, "kmem_cache_*", "slub_rcu_debug=off", "reports=on");
        assertThat(result.outLines())
                .contains(
                        "    ok 4 kmem_cache_rcu_uaf # SKIP Test requires CONFIG_SLUB_RCU_DEBUG=y",
                        "    ok 5 kmem_cache_rcu_reuse",
                        "# Totals: pass:7 fail:0 skip:1 total:8");
        assertThat(result.err().lines().filter(line -> line.startsWith(REPORT)))
                .extracting(line -> line.replaceAll("lambda.([a-zA-Z]+).*", "$1"))
                .containsExactly(
                        "BUG: KASAN: slab-out-of-bounds in CacheCases.oob",
                        "BUG: KASAN: double-free in CacheCases.doubleFree",
                        "BUG: KASAN: invalid-free in CacheCases.invalidFree",
                        "BUG: KASAN: slab-use-after-free in CacheCases.doubleDestroy");
    }

    /** Code that is not rewritten makes no report, and the suite says so of every case. */
    @ParameterizedTest
    @MethodSource("jdks")
    void casesThatAreNotRewritten_fail(Jdk jdk) {
        JvmResult result =
                ChildJvm.on(jdk)
                        .options("-Xmx128m")
                        .agent(AGENT, "kasan.exclude=org.jkasan.samples.*")
                        .jar(SAMPLES, "kasan-test", "kmalloc_oob_left")
                        .run();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.outLines())
                .anyMatch(l -> l.matches(".*# kmalloc_oob_left: EXPECTATION FAILED at Kmalloc.*"))
                .anyMatch(l -> l.contains("KASAN failure expected in \"slab-out-of-bounds, read"))
                .contains("    not ok 1 kmalloc_oob_left", "not ok 1 kasan");
    }
}
