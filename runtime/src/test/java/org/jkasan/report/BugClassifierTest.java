package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BugClassifierTest {

    private static final Map<Integer, String> TITLES =
            Map.ofEntries(
                    Map.entry(0xff, "use-after-free"),
                    Map.entry(0xfe, "slab-out-of-bounds"),
                    Map.entry(0xfc, "slab-out-of-bounds"),
                    Map.entry(0xfb, "slab-use-after-free"),
                    Map.entry(0xfa, "slab-use-after-free"),
                    Map.entry(0xf9, "global-out-of-bounds"),
                    Map.entry(0xf8, "vmalloc-out-of-bounds"),
                    Map.entry(0xf1, "stack-out-of-bounds"),
                    Map.entry(0xf2, "stack-out-of-bounds"),
                    Map.entry(0xf3, "stack-out-of-bounds"),
                    Map.entry(0xf4, "stack-out-of-bounds"),
                    Map.entry(0xca, "alloca-out-of-bounds"),
                    Map.entry(0xcb, "alloca-out-of-bounds"));

    private static String expected(int shadow) {
        return shadow <= 7 ? "out-of-bounds" : TITLES.getOrDefault(shadow, "unknown-crash");
    }

    @Test
    void shadow_everyValue() {
        for (int shadow = 0; shadow < 256; shadow++) {
            if (shadow < 1 || shadow > 7) {
                assertThat(BugClassifier.ofShadow((byte) shadow, (byte) 0xf1).title())
                        .as("shadow %02x", shadow)
                        .isEqualTo(expected(shadow));
            }
        }
    }

    @Test
    void shadow_partialGranuleIsExplainedByTheNext() {
        for (int partial = 1; partial <= 7; partial++) {
            for (int next = 0; next < 256; next++) {
                assertThat(BugClassifier.ofShadow((byte) partial, (byte) next).title())
                        .as("shadow %02x %02x", partial, next)
                        .isEqualTo(expected(next));
            }
        }
    }

    @Test
    void wraps_onlyOverTheEnd() {
        assertThat(BugClassifier.wraps(0xffffc90000000000L, -2)).isTrue();
        assertThat(BugClassifier.wraps(0x7f0000001000L, -1)).isTrue();
        assertThat(BugClassifier.wraps(-8, 8)).isTrue();
        assertThat(BugClassifier.wraps(-8, 7)).isFalse();
        assertThat(BugClassifier.wraps(0x7f0000001000L, 0)).isFalse();
        assertThat(BugClassifier.wraps(0x7f0000001000L, Long.MAX_VALUE)).isFalse();
    }
}
