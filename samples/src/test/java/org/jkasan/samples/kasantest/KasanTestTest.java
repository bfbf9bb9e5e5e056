package org.jkasan.samples.kasantest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.report.BugType;
import org.jkasan.samples.Sample;
import org.junit.jupiter.api.Test;

/** The command line and the output, without the agent. */
class KasanTestTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new KasanTest().run(List.of(arguments), stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void suites_haveTheirCasesOnce() {
        assertThat(Suite.all()).extracting(suite -> suite.cases().size()).containsExactly(76, 36);
        for (Suite suite : Suite.all()) {
            assertThat(suite.cases()).extracting(TestCase::name).doesNotHaveDuplicates();
        }
    }

    @Test
    void readme_hasTheOutputOfTheSuite() throws IOException {
        List<String> told =
                Files.readAllLines(Path.of("README.md")).stream()
                        .map(String::strip)
                        .filter(line -> line.matches("ok \\d+ .*"))
                        .map(line -> line.replaceAll(" # SKIP .*", ""))
                        .toList();
        List<String> expected = new ArrayList<>();
        for (TestCase test : Suite.all().get(0).cases()) {
            expected.add("ok " + (expected.size() + 1) + " " + test.name());
        }
        expected.add("ok 1 " + Suite.NAME);
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void list_namesWhatTheGlobMatches() {
        assertThat(run("list", "k?alloc_oob_r*")).isEqualTo(Sample.DONE);
        assertThat(run("list", "kasan_?lobal_oob", "suite=v5.5")).isEqualTo(Sample.DONE);
        assertThat(lines(out)).containsExactly("kmalloc_oob_right", "kasan_global_oob");
    }

    @Test
    void withoutTheAgent_isOneSentence() {
        assertThat(run()).isEqualTo(1);
        assertThat(lines(err))
                .containsExactly(
                        "kasan-test: the agent is not attached, so nothing would be reported; run"
                                + " java -javaagent:agent/target/jkasan.jar -jar"
                                + " samples/target/samples.jar kasan-test");
        assertThat(lines(out)).isEmpty();
    }

    @Test
    void badArguments_areOneSentenceEach() {
        for (String[] bad :
                new String[][] {
                    {"kmalloc"}, {"a", "b"}, {"suite=v4"}, {"reports=maybe"}, {"verbose=on"},
                }) {
            assertThat(run(bad)).isEqualTo(1);
        }
        List<String> lines = lines(err);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .startsWith("kasan-test: no case of suite v6.19 is called \"kmalloc\"; known: ")
                .contains(": kmalloc_oob_right, kmalloc_oob_left, ")
                .endsWith(", copy_user_test_oob");
        assertThat(lines.subList(1, 5))
                .containsExactly(
                        "kasan-test: one glob for the cases' names at most, not a and b",
                        "kasan-test: there is no suite \"v4\"; known: v6.19, v5.5",
                        "kasan-test: reports is on or off, not \"maybe\"",
                        "kasan-test: there is no option \"verbose\"; usage: kasan-test "
                                + Request.USAGE);
    }

    @Test
    void globOfOtherSigns_isTakenAsItIs() {
        assertThat(run("list", "kmalloc.oob_left")).isEqualTo(1);
        assertThat(run("list", "\\Ekmalloc\\Q*")).isEqualTo(1);
        assertThat(lines(out)).isEmpty();
    }

    /** Every way in which a case can end, in a kernel without KASAN. */
    @Test
    void everyOutcome_isToldInKtap() {
        Expected report = Cases.outOfBounds(Cases.READ, 1, 0x1000, 8);
        List<TestCase> cases =
                List.of(
                        new TestCase("good", machine -> machine.test().succeeds(() -> {})),
                        TestCase.needing("other", "CONFIG_X=y"),
                        new TestCase("silent", machine -> machine.test().fails(() -> {}, report)),
                        new TestCase("untrue", machine -> machine.test().isTrue(false, "that")),
                        new TestCase("null", machine -> machine.test().notNull(0)),
                        new TestCase("oops", machine -> machine.kernel().memory().loadByte(0)),
                        new TestCase(
                                "broken",
                                machine -> {
                                    throw new IllegalStateException("no");
                                }));
        KtapRun run = new KtapRun(cases, Request.of(List.of()), stream(out));
        assertThat(run.run()).isFalse();
        assertThat(lines(out))
                .containsExactly(
                        "KTAP version 1",
                        "1..1",
                        "    KTAP version 1",
                        "    # Subtest: kasan",
                        "    1..7",
                        "    ok 1 good",
                        "    ok 2 other # SKIP Test requires CONFIG_X=y",
                        "    # silent: EXPECTATION FAILED at the runner",
                        "        KASAN failure expected in \"slab-out-of-bounds, read of size 1 at"
                                + " offset 8 of 0000000000001000\", but none occurred",
                        "    not ok 3 silent",
                        "    # untrue: EXPECTATION FAILED at the runner",
                        "        Expected that to be true, but is false",
                        "    not ok 4 untrue",
                        "    # null: EXPECTATION FAILED at the runner",
                        "        Expected an address, but the allocation failed",
                        "    not ok 5 null",
                        "    # oops: EXPECTATION FAILED at an oops: BUG: kernel NULL pointer"
                                + " dereference, address: 0000000000000000",
                        "    not ok 6 oops",
                        "    # broken: EXPECTATION FAILED at an exception:"
                                + " java.lang.IllegalStateException: no",
                        "    not ok 7 broken",
                        "# kasan: pass:1 fail:5 skip:1 total:7",
                        "# Totals: pass:1 fail:5 skip:1 total:7",
                        "not ok 1 kasan");
    }

    @Test
    void strayAndWrongReports_failTheCase() {
        Expectations test = new Expectations(false);
        Expected due = Cases.outOfBounds(Cases.WRITE, 4, 0x1000, 8);
        assertThat(test.expects(Infos.of(BugType.SLAB_OUT_OF_BOUNDS, 4, 0x1008))).isFalse();
        test.fails(
                () -> {
                    test.expects(Infos.of(BugType.SLAB_OUT_OF_BOUNDS, 4, 0x1000));
                    test.expects(Infos.of(BugType.USE_AFTER_FREE, 4, 0x1008));
                    test.expects(Infos.of(BugType.SLAB_OUT_OF_BOUNDS, 8, 0x1008));
                    assertThat(test.expects(Infos.of(BugType.SLAB_OUT_OF_BOUNDS, 4, 0x1008)))
                            .isTrue();
                    test.expects(Infos.of(BugType.SLAB_OUT_OF_BOUNDS, 4, 0x1008));
                },
                due);
        test.expects(Infos.of(BugType.DOUBLE_FREE, 0, 0x2000));
        List<String> lines = test.end();
        assertThat(lines.stream().filter(line -> line.startsWith("KASAN")))
                .containsExactly(
                        "KASAN failure not expected before this line, but occurred:"
                                + " slab-out-of-bounds, write of size 4 at 0000000000001008",
                        "KASAN failure not expected in this expression, but occurred:"
                                + " slab-out-of-bounds, write of size 4 at 0000000000001000",
                        "KASAN failure not expected in this expression, but occurred:"
                                + " use-after-free, write of size 4 at 0000000000001008",
                        "KASAN failure not expected in this expression, but occurred:"
                                + " slab-out-of-bounds, write of size 8 at 0000000000001008",
                        "KASAN failure not expected in this expression, but occurred:"
                                + " slab-out-of-bounds, write of size 4 at 0000000000001008",
                        "KASAN failure not expected at the end of the case, but occurred:"
                                + " double-free, free at 0000000000002000");
        assertThat(test.end()).isEmpty();
    }
}
