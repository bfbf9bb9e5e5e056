package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a report says of who allocated and who freed, for each value of kasan.stacks. */
class CallSiteIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    private static final Path SOURCE =
            Path.of("src/test/java/org/jkasan/samples/agent/program/CallSites.java");

    private static final String UNSEEN = " org.jkasan.samples.agent.program.CallSites.failed(";

    /** The stacks of one report. */
    private record Stacks(List<String> allocated, List<String> freed) {}

    private static List<Stacks> stacks(Jdk jdk, String mode) {
        JvmResult result =
                UnderTest.run(
                        UnderTest.attached(jdk, "kasan_multi_shot", "kasan.stacks=" + mode),
                        "CallSites");
        assertThat(result.status()).isZero();
        assertThat(result.outLines()).containsExactly("free", "3 page faults");
        assertThat(UnderTest.titles(result))
                .hasSize(3)
                .containsOnly("BUG: KASAN: vmalloc-use-after-free in CallSites.useAfterFree");
        List<Stacks> stacks = new ArrayList<>();
        List<String> lines = UnderTest.err(result);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("Allocated by task ")) {
                int freed = i;
                while (!lines.get(freed).startsWith("Freed by task ")) {
                    freed++;
                }
                stacks.add(new Stacks(frames(lines, i), frames(lines, freed)));
            }
        }
        assertThat(stacks).hasSize(3);
        return stacks;
    }

    private static List<String> frames(List<String> lines, int heading) {
        int end = heading + 1;
        while (lines.get(end).startsWith(" ")) {
            end++;
        }
        return lines.subList(heading + 1, end);
    }

    private static String place(String method, String call) throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        int line = 0;
        while (!lines.get(line).endsWith("// call: " + call)) {
            line++;
        }
        return " org.jkasan.samples.agent.program.CallSites."
                + method
                + "(CallSites.java:"
                + (line + 1)
                + ")";
    }

    private static void assertWhole(Stacks stacks, String caller) throws IOException {
        assertThat(stacks.allocated()).first().isEqualTo(place("allocate", "allocate"));
        assertThat(stacks.freed()).first().isEqualTo(place("free", "free"));
        for (List<String> frames : List.of(stacks.allocated(), stacks.freed())) {
            assertThat(frames.get(1)).contains(".CallSites." + caller + "(CallSites.java:");
            assertThat(frames).last().asString().contains(".CallSites.main(CallSites.java:");
        }
    }

    private static void assertCallersAlone(Stacks stacks) throws IOException {
        assertThat(stacks.allocated()).containsExactly(place("allocate", "allocate"));
        assertThat(stacks.freed()).containsExactly(place("free", "free"));
    }

    /**
     * What was called by code that is not rewritten, after calls that failed, has its own stack.
     */
    private static void assertUnseen(Stacks stacks) throws IOException {
        assertThat(stacks.allocated())
                .filteredOn(line -> line.startsWith(UNSEEN))
                .containsExactly(place("failed", "unseen"));
        assertThat(stacks.freed()).anyMatch(line -> line.startsWith(UNSEEN));
        for (List<String> frames : List.of(stacks.allocated(), stacks.freed())) {
            assertThat(frames)
                    .doesNotContain(place("allocate", "allocate"), place("free", "free"))
                    .last()
                    .asString()
                    .contains(".CallSites.main(CallSites.java:");
        }
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void auto_keepsTheFirstStacksWholeAndThenTheCallers(Jdk jdk) throws IOException {
        List<Stacks> stacks = stacks(jdk, "auto");
        assertWhole(stacks.get(0), "first");
        assertCallersAlone(stacks.get(1));
        assertUnseen(stacks.get(2));
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void caller_keepsTheCallersAlone(Jdk jdk) throws IOException {
        List<Stacks> stacks = stacks(jdk, "caller");
        assertCallersAlone(stacks.get(0));
        assertCallersAlone(stacks.get(1));
        assertUnseen(stacks.get(2));
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void full_keepsEveryStackWhole(Jdk jdk) throws IOException {
        List<Stacks> stacks = stacks(jdk, "full");
        assertWhole(stacks.get(0), "first");
        assertWhole(stacks.get(1), "many");
        assertUnseen(stacks.get(2));
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void caller_withEveryClassVerified(Jdk jdk) {
        JvmResult result =
                UnderTest.run(
                        UnderTest.attached(jdk, "kasan_multi_shot", "kasan.stacks=caller")
                                .options("-Xverify:all"),
                        "CallSites");

        assertThat(result.status()).isZero();
        assertThat(UnderTest.titles(result)).hasSize(3);
        assertThat(result.err()).doesNotContain("VerifyError");
    }
}
