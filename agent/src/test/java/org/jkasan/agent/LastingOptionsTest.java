package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastingOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "kasan.fault=throw, kasan.fault was throw",
        "kasan.report=once, kasan.report was once",
        "kasan_multi_shot, kasan.report was all",
        "kasan.panic_on_warn, kasan.panic_on_warn was on",
        "kasan.log=a, kasan.log was a",
        "kasan.report_json=b, kasan.report_json was b",
        "kasan.titles=linux, kasan.titles was linux",
        "kasan.stacks=full, kasan.stacks was full",
        "kasan.stack_depth=3, kasan.stack_depth was 3",
        "kasan.vmalloc=off, kasan.vmalloc was off",
        "kasan.vmalloc_strict, kasan.vmalloc_strict was on",
        "kasan.page_owner, kasan.page_owner was on"
    })
    void check_anotherValue_isRefused(String first, String sentence) {
        assertThatThrownBy(() -> LastingOptions.check(config(first), config("")))
                .isInstanceOf(RefusalException.class)
                .hasMessageStartingWith("Option " + sentence + " when the agent was first");
        assertThatCode(() -> LastingOptions.check(config(first), config(first)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"kasan.include=a.*", "kasan.exclude=b", "kasan.dump=c"})
    void check_whatIsAboutClasses_mayChange(String option) {
        assertThatCode(() -> LastingOptions.check(config(option), config("")))
                .doesNotThrowAnyException();
    }

    private static KasanConfig config(String arguments) {
        return OptionParser.parse(arguments, new Properties());
    }
}
