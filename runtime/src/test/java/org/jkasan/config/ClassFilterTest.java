package org.jkasan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassFilterTest {

    @ParameterizedTest
    @CsvSource({
        "*, Main, true",
        "*, a.b.Main$Inner, true",
        "a.Main, a.Main, true",
        "a.Main, a.Main2, false",
        "a.Main, a.Mai, false",
        "a.Main, aXMain, false",
        "a.*, a.b.C, true",
        "a.*, a., true",
        "a.*, ab.C, false",
        "a.?, a.B, true",
        "a.?, a.BC, false",
        "a.?, a., false",
        "*Test, a.ATestTest, true",
        "*Test, a.ATests, false",
        "a.*.b*C, a.x.y.bbC, true",
        "a.*.b*C, a.x.y.cC, false",
        "**, Main, true",
        "*.*.*, a.b, false",
        "*a*a*a, aaa, true",
        "*a*a*a, aa, false",
        "*$?, a.Main$1, true",
    })
    void glob_matchesTheWholeName(String glob, String name, boolean matches) {
        assertThat(new ClassFilter(List.of(glob), List.of()).test(name)).isEqualTo(matches);
    }

    @Test
    void filter_takesWhatAnyIncludeMatchesAndNoExclude() {
        ClassFilter filter = new ClassFilter(List.of("a.*", "b.*"), List.of("a.x.*", "*Gen"));
        assertThat(filter.test("a.C")).isTrue();
        assertThat(filter.test("b.C")).isTrue();
        assertThat(filter.test("c.C")).isFalse();
        assertThat(filter.test("a.x.C")).isFalse();
        assertThat(filter.test("b.CGen")).isFalse();
    }

    @Test
    void filter_withoutIncludes_takesNothing() {
        assertThat(new ClassFilter(List.of(), List.of()).test("a.C")).isFalse();
    }

    @Test
    void glob_withManyStars_needsNoExponentialTime() {
        String glob = "*a".repeat(60) + "b";
        assertThat(new ClassFilter(List.of(glob), List.of()).test("a".repeat(2000))).isFalse();
    }
}
