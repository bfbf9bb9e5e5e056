package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.jkasan.Kasan;
import org.jkasan.config.OptionParser;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void text_numbersAndPlurals() {
        assertThat(Summary.text(new Kasan.Stats(213, 0, 1234, 0, 1, 3, 0)))
                .isEqualTo(
                        "jkasan: 213 classes instrumented, 0 failed, 1234 checks armed,"
                                + " 1 report (3 repeats)");
    }

    @Test
    void text_withoutRepeats_saysNothingOfThem() {
        assertThat(Summary.text(new Kasan.Stats(1, 2, 1, 0, 0, 0, 0)))
                .isEqualTo("jkasan: 1 class instrumented, 2 failed, 1 check armed, 0 reports");
    }

    @Test
    void text_stacksWithoutRoom_areNotPassedOver() {
        assertThat(Summary.text(new Kasan.Stats(1, 0, 1, 0, 2, 1, 7)))
                .endsWith(", 2 reports (1 repeat), 7 stacks dropped");
    }

    @Test
    void text_methodsWithoutRoom_areNotPassedOver() {
        assertThat(Summary.text(new Kasan.Stats(2, 0, 9, 1, 0, 0, 0)))
                .contains("9 checks armed, 1 method too large to check, 0 reports");
    }

    @Test
    void whyNothing_wherePatternsLeaveNoClass() {
        assertThat(whyNothing(0, "kasan.include=com.nothing.*:a.B", true))
                .isEqualTo(
                        "kasan.include=com.nothing.*:a.B leaves no class with anything to check");
        assertThat(whyNothing(0, "kasan.exclude=com.*:org.*", false))
                .isEqualTo(
                        "kasan.include=* and kasan.exclude=com.*:org.* leave no class with anything"
                                + " to check");
    }

    @Test
    void whyNothing_withoutAKernel() {
        String sentence = "no kernel was booted, so there was no memory to check";
        assertThat(whyNothing(0, "", false)).isEqualTo(sentence);
        assertThat(whyNothing(7, "kasan.include=com.*", false)).isEqualTo(sentence);
    }

    @Test
    void whyNothing_whereSomethingWasChecked() {
        assertThat(whyNothing(7, "kasan.include=com.*", true)).isEmpty();
        assertThat(whyNothing(0, "", true)).isEmpty();
    }

    private static String whyNothing(int classes, String options, boolean anyMemory) {
        return Summary.whyNothing(
                new Kasan.Stats(classes, 0, 0, 0, 0, 0, 0),
                OptionParser.parse(options, new Properties()),
                anyMemory);
    }
}
