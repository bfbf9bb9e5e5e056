package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks of the kernel's helper functions, end to end: title, place, kind and size of each. */
class HelpersIT {

    private static final String TITLE = "BUG: KASAN: ";

    @ParameterizedTest
    @MethodSource("org.jkasan.samples.launch.Jdks#installed")
    void everyFamily_isReportedWhereItIsBadAndNowhereElse(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk, "kasan_multi_shot"), "Helpers");

        assertThat(result.status()).isZero();
        assertThat(result.outLines()).containsExactly("refused", "0 0");
        assertThat(bugs(UnderTest.err(result)))
                .containsExactly(
                        "slab-out-of-bounds in Helpers.atomics: Read of size 4",
                        "slab-out-of-bounds in Helpers.atomics: Write of size 4",
                        "slab-out-of-bounds in Helpers.atomics: Read of size 8",
                        "slab-out-of-bounds in Helpers.atomics: Write of size 8",
                        "slab-out-of-bounds in Helpers.bits: Write of size 8",
                        "slab-out-of-bounds in Helpers.bits: Read of size 8",
                        "slab-out-of-bounds in Helpers.strings: Read of size 1",
                        "slab-out-of-bounds in Helpers.strings: Read of size 1",
                        "slab-out-of-bounds in Helpers.strings: Read of size 1",
                        "slab-out-of-bounds in Helpers.strings: Read of size 1",
                        "slab-out-of-bounds in Helpers.strings: Read of size 1",
                        "slab-out-of-bounds in Helpers.strings: Read of size 1",
                        "slab-out-of-bounds in Helpers.ranges: Read of size 1",
                        "slab-out-of-bounds in Helpers.ranges: Read of size 1",
                        "slab-out-of-bounds in Helpers.ranges: Read of size 1",
                        "slab-out-of-bounds in Helpers.ranges: Read of size 24",
                        "slab-out-of-bounds in Helpers.ranges: Write of size 25",
                        "slab-out-of-bounds in Helpers.user: Read of size 25",
                        "slab-out-of-bounds in Helpers.user: Write of size 25",
                        "slab-out-of-bounds in Helpers.user: Write of size 25",
                        "global-out-of-bounds in Helpers.globals: Read of size 1",
                        "global-out-of-bounds in Helpers.globals: Write of size 1",
                        "slab-out-of-bounds in Helpers.undone: Write of size 25",
                        "slab-out-of-bounds in Helpers.undone: Write of size 25",
                        "out-of-bounds in Helpers.undone: Read of size 18446744073709551614",
                        "slab-out-of-bounds in Helpers.undone: Write of size 25",
                        "slab-out-of-bounds in Helpers.undone: Read of size 25");
    }

    private static List<String> bugs(List<String> lines) {
        List<String> bugs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(TITLE)) {
                String access = lines.get(i + 1);
                bugs.add(
                        lines.get(i).substring(TITLE.length())
                                + ": "
                                + access.substring(0, access.indexOf(" at addr")));
            }
        }
        return bugs;
    }
}
