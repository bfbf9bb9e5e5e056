package org.jkasan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** The glob matcher against the regular expression that means the same. */
class ClassFilterProperties {

    @Property(tries = 1000)
    void glob_agreesWithARegex(
            @ForAll @StringLength(max = 8) @Chars({'*', '?', '.', 'a', 'b'}) String glob,
            @ForAll @StringLength(max = 10) @CharRange(from = 'a', to = 'b') @Chars('.')
                    String name) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        assertThat(new ClassFilter(List.of(glob), List.of()).test(name))
                .isEqualTo(name.matches(regex.toString()));
    }
}
