package org.jkasan.agent.rewrite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InterceptTableTest {

    private final String text = InterceptTable.text();

    @Test
    void everyRow_isInTheTextUnderItsClasses() {
        for (InterceptedCall row : Catalogue.rows()) {
            String parameters = InterceptTable.parameters(row);
            boolean merged = row.kind() == InterceptedCall.Kind.POLYMORPHIC;
            String types =
                    merged
                            ? "(\\S*\\|)?"
                                    + Pattern.quote(parameters)
                                    + "(\\|\\S*)?, int, \\.\\.\\."
                            : Pattern.quote(parameters);
            String name = row.name().equals("<init>") ? "new" : row.name();
            String line =
                    "  [ *] "
                            + Pattern.quote(name)
                            + "\\("
                            + types
                            + "\\)\\s+"
                            + Pattern.quote(InterceptTable.words(row))
                            + (row.since() > 0 ? ", since " + row.since() : "");
            assertThat(section(row))
                    .as("%s.%s%s", row.owner(), row.name(), row.parameters())
                    .containsPattern("(?m)^" + line + "$");
        }
    }

    private String section(InterceptedCall row) {
        String heading = "\n\n" + InterceptTable.heading(row);
        assertThat(text).containsOnlyOnce(heading);
        int start = text.indexOf(heading) + heading.length();
        int end = text.indexOf("\n\n", start);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    @Test
    void everyArrayInstruction_isInTheText() {
        for (ArrayAccess access : ArrayAccess.values()) {
            assertThat(text).contains("\n    " + access.mnemonic() + " ");
        }
        assertThat(text)
                .containsPattern("baload +reads 1 byte at the index\n")
                .containsPattern("dastore +writes 8 bytes at the index\n");
    }

    @Test
    void columns_areAligned() {
        List<String> lines = text.lines().filter(line -> line.matches("  [ *] [a-z].*")).toList();
        assertThat(lines).isNotEmpty();
        assertThat(lines)
                .allSatisfy(
                        line ->
                                assertThat(
                                                line.length() <= 64
                                                        || line.charAt(63) == ' '
                                                        || line.endsWith(")"))
                                        .as(line)
                                        .isTrue());
        assertThat(text.lines())
                .allSatisfy(line -> assertThat(line).isEqualTo(line.stripTrailing()));
    }
}
