package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoalsOptionsTest {

    private static final List<String> AREAS = List.of("instrumentation", "allocation");

    private static GoalsOptions parse(String... args) {
        return GoalsOptions.parse(List.of(args), AREAS);
    }

    private static void refused(String sentence, String... args) {
        assertThatThrownBy(() -> parse(args))
                .isInstanceOf(UsageException.class)
                .hasMessage(sentence);
    }

    @Test
    void parse_nothing() {
        assertThat(parse())
                .isEqualTo(
                        new GoalsOptions(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Effort.FULL,
                                Optional.empty()));
    }

    @Test
    void parse_everythingInAnyOrder() {
        GoalsOptions all =
                new GoalsOptions(
                        Optional.of("allocation"),
                        Optional.of("3 pages"),
                        Optional.of(17),
                        Effort.QUICK,
                        Optional.of(12));
        assertThat(parse("allocation", "--only=3 pages", "--quick", "--jdk=17", "--pairs=12"))
                .isEqualTo(all);
        assertThat(parse("--pairs=12", "--jdk=17", "--quick", "--only=3 pages", "allocation"))
                .isEqualTo(all);
    }

    @Test
    void wants_rowsOfTheAreaWithTheTextInTheirNames() {
        GoalsOptions options = parse("allocation", "--only=page");
        assertThat(options.wants(Goal.informs("3 pages", "allocation", "ns"))).isTrue();
        assertThat(options.wants(Goal.informs("3 areas", "allocation", "ns"))).isFalse();
        assertThat(options.wants(Goal.informs("3 pages", "instrumentation", "ns"))).isFalse();
        assertThat(parse().wants(Goal.informs("3 pages", "allocation", "ns"))).isTrue();
    }

    @Test
    void parse_smoke() {
        assertThat(parse("--smoke").effort()).isEqualTo(Effort.SMOKE);
    }

    @Test
    void parse_unknownArea() {
        refused("Unknown area \"slab\"; known are: instrumentation, allocation.", "slab");
    }

    @Test
    void parse_twoAreas() {
        refused(
                "Give one area, not both \"allocation\" and \"instrumentation\".",
                "allocation",
                "instrumentation");
    }

    @Test
    void parse_unknownOption() {
        refused(
                "Unknown option \"--fast\"; known are --quick, --smoke, --only=TEXT, --jdk=N and"
                        + " --pairs=N.",
                "instrumentation",
                "--fast");
    }

    @Test
    void parse_twoEfforts() {
        refused("Give one of --quick and --smoke, once.", "--quick", "--smoke");
    }

    @Test
    void pairs_areTheEffortsUnlessChosen() {
        assertThat(parse().pairs()).isEqualTo(Effort.FULL.programPairs());
        assertThat(parse("--quick").pairs()).isEqualTo(Effort.QUICK.programPairs());
        assertThat(parse("--quick", "--pairs=99").pairs()).isEqualTo(PairLimit.of(99));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "100", "3.5", "many"})
    void parse_pairsThatAreNoNumberOfThem(String number) {
        refused(
                "\"--pairs="
                        + number
                        + "\" is no number of pairs; expected 1 to 99, as in --pairs=5.",
                "--pairs=" + number);
    }

    @Test
    void parse_jdkThatIsNoNumber() {
        refused(
                "\"--jdk=seventeen\" names no JDK; expected its feature release, as in --jdk=17.",
                "--jdk=seventeen");
    }
}
