package org.jkasan.samples.testvmalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    private static Parameters parse(String... arguments) throws UsageException {
        return Parameters.defaults().with(List.of(arguments));
    }

    private static List<Integer> values(Parameters parameters) {
        return List.of(Parameter.values()).stream().map(parameters::value).toList();
    }

    @Test
    void defaults_areThoseOfLinux55() throws UsageException {
        assertThat(values(parse())).containsExactly(255, 1, 1_000_000, 0, 0, 0, 0, 0);
        assertThat(parse().tests()).hasSize(8).allMatch(VmallocTest::isOfLinux55);
        assertThat(parse().isOfLinux619()).isFalse();
        assertThat(parse().workers(5)).isEqualTo(5);
    }

    @Test
    void everyParameter_isTakenAsTheKernelWritesIt() throws UsageException {
        Parameters parameters =
                parse(
                        "run_test_mask=0x801",
                        "test_repeat_count=2",
                        "test_loop_count=3",
                        "single_cpu_test=1",
                        "sequential_test_order=Y",
                        "nr_threads=4",
                        "nr_pages=5",
                        "use_huge=y");
        assertThat(values(parameters)).containsExactly(0x801, 2, 3, 1, 1, 4, 5, 1);
        assertThat(parameters.tests()).containsExactly(VmallocTest.FIX_SIZE, VmallocTest.NO_BLOCK);
        assertThat(parameters.workers(2)).isEqualTo(4);
        assertThat(parse("single_cpu_test=n").workers(2)).isEqualTo(2);
        assertThat(parse("single_cpu_test=1").workers(2)).isEqualTo(1);
        assertThat(parse("run_test_mask=2147483647").tests()).hasSize(12);
    }

    @Test
    void output_isThatOf619_wherePartsOfItAreUsed() throws UsageException {
        for (String modern :
                List.of("nr_threads=1", "nr_pages=1", "use_huge=1", "run_test_mask=256")) {
            assertThat(parse(modern).isOfLinux619()).as(modern).isTrue();
        }
        assertThat(parse("nr_threads=0", "use_huge=0", "run_test_mask=255").isOfLinux619())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smoke | \"smoke\" is no key=value",
                "loops=3 | unknown parameter \"loops\", expected one of run_test_mask,",
                "test_loop_count=0 | test_loop_count=0, expected a number of 1 to 2147483647",
                "test_loop_count=many | test_loop_count=many, expected a number",
                "test_loop_count=99999999999 | test_loop_count=99999999999, expected a number",
                "test_repeat_count=-1 | test_repeat_count=-1, expected a number",
                "run_test_mask= | run_test_mask=, expected a number",
                "single_cpu_test=2 | single_cpu_test=2, expected 0, 1, n or y",
                "nr_threads=65536 | nr_threads=65536, expected a number of 0 to 65535",
            })
    void whatMakesNoSense_isSaid(String argument, String message) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aKeyGivenTwice_isRefused() {
        assertThatThrownBy(() -> parse("nr_pages=1", "nr_pages=2"))
                .hasMessage("nr_pages is given twice");
    }

    @Test
    void presets_areThoseOfTheScript() throws UsageException {
        assertThat(values(Preset.named("performance").orElseThrow().parameters()))
                .containsExactly(255, 3, 1_000_000, 1, 1, 0, 0, 0);
        assertThat(values(Preset.named("smoke").orElseThrow().parameters()))
                .containsExactly(255, 10, 10_000, 1, 0, 0, 0, 0);
        Parameters stress = Preset.named("stress").orElseThrow().parameters();
        assertThat(values(stress)).containsExactly(255, 20, 1_000_000, 0, 0, 0, 0, 0);
        assertThat(stress.with(List.of("test_repeat_count=1")).value(Parameter.TEST_REPEAT_COUNT))
                .isEqualTo(1);
        assertThat(Preset.named("PERFORMANCE")).isEmpty();
    }
}
