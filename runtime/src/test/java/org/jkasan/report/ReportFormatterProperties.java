package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ReportFormatterProperties {

    @Property(tries = 200)
    void caret_standsUnderTheGuiltyByte(
            @ForAll @LongRange(min = 0x1000, max = 0x7fff_ffff_0000L) long firstBad) {
        long granule = firstBad & -8;
        List<String> lines =
                Reports.sketch()
                        .access(AccessKind.READ, firstBad, 1)
                        .rows(Reports.rows(firstBad, granule, 0xab))
                        .text()
                        .lines()
                        .toList();
        int caretLine = indexOf(lines, '^');
        String row = lines.get(caretLine - 1);
        assertThat(row).startsWith(">").contains(Text.address(firstBad & -128));
        assertThat(row.indexOf("ab", 19)).isEqualTo(lines.get(caretLine).indexOf('^'));
    }

    @Property(tries = 300)
    void names_cannotForgeLines(@ForAll String thread, @ForAll String method) {
        String text =
                Reports.sketch()
                        .task(new Task(thread, 7))
                        .frames(List.of(new StackTraceElement("A", "m" + method, "A.java", 1)))
                        .notes(thread)
                        .text();
        long ordinary =
                Reports.sketch()
                        .frames(Reports.FRAMES.subList(0, 1))
                        .notes("a note")
                        .text()
                        .lines()
                        .count();
        assertThat(text.lines().count()).isEqualTo(ordinary);
    }

    private static int indexOf(List<String> lines, char last) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(String.valueOf(last))) {
                return i;
            }
        }
        throw new AssertionError("no line ends with " + last);
    }
}
