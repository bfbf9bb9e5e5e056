package org.jkasan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.mm.RaceMachine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.SpinLoopStyle;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Every race, a moment each, by the code that jcstress generated for it, in this JVM. {@link
 * RacesIT} gives them the time and the JVMs that they are worth.
 */
class RacesTest {

    private static final int MILLISECONDS = 300;
    private static final int ITERATIONS = 1;
    private static final int FOOTPRINT_MB = 64;
    private static final int STRIDE = 16;
    private static final int STRIDES = 64;

    static Stream<String> races() {
        return TestList.tests().stream().sorted(Comparator.naturalOrder());
    }

    @ParameterizedTest
    @MethodSource("races")
    void race_endsInNoForbiddenState(String race) throws Exception {
        TestInfo info = TestList.getInfo(race);
        TestResult result = run(info.generatedRunner());
        assertThat(result.status()).as("%s", result.getMessages()).isEqualTo(Status.NORMAL);
        assertThat(result.getTotalCount()).isPositive();
        assertThat(forbidden(info, result)).isEmpty();
        RaceMachine.closeAll();
    }

    private static TestResult run(String generated) throws Exception {
        Runner<?> runner =
                (Runner<?>)
                        Class.forName(generated)
                                .getConstructor(ForkedTestConfig.class)
                                .newInstance(config(generated));
        return runner.run();
    }

    /** As jcstress sends it to the JVMs that it forks. */
    private static ForkedTestConfig config(String generated) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(SpinLoopStyle.THREAD_YIELD.ordinal());
        out.writeInt(MILLISECONDS);
        out.writeInt(ITERATIONS);
        out.writeUTF(generated);
        out.writeInt(FOOTPRINT_MB);
        out.writeInt(STRIDE);
        out.writeInt(STRIDES);
        out.writeBoolean(false);
        return new ForkedTestConfig(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static List<String> forbidden(TestInfo info, TestResult result) {
        List<String> forbidden = new ArrayList<>();
        for (String state : result.getStateKeys()) {
            boolean expected =
                    info.cases().stream()
                            .filter(known -> known.expect() == Expect.ACCEPTABLE)
                            .anyMatch(known -> known.matches(state));
            if (!expected) {
                forbidden.add(state + ", " + result.getCount(state) + " times");
            }
        }
        return forbidden;
    }
}
