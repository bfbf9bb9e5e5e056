package org.jkasan.samples.kasantest;

import java.io.PrintStream;
import java.util.List;
import org.jkasan.Kasan;
import org.jkasan.host.HostMemoryException;
import org.jkasan.samples.Sample;

/** The sample {@code kasan-test}: the kernel's own tests of KASAN, held to exact reports. */
public final class KasanTest implements Sample {

    @Override
    public String name() {
        return "kasan-test";
    }

    @Override
    public String arguments() {
        return Request.USAGE;
    }

    @Override
    public String summary() {
        return "runs the 76 cases of Linux 6.19's KUnit suite, or the 36 of the older module";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Request request;
        List<TestCase> cases;
        try {
            request = Request.of(arguments);
            cases = request.cases();
        } catch (IllegalArgumentException e) {
            err.println("kasan-test: " + e.getMessage());
            return FAILED;
        }
        if (request.listing()) {
            cases.forEach(test -> out.println(test.name()));
            return DONE;
        }
        if (!Kasan.enabled()) {
            err.println(
                    "kasan-test: the agent is not attached, so nothing would be reported; run java"
                            + " -javaagent:agent/target/jkasan.jar -jar samples/target/samples.jar"
                            + " kasan-test");
            return FAILED;
        }
        try {
            return new KtapRun(cases, request, out).run() ? DONE : FAILED;
        } catch (HostMemoryException e) {
            err.println("kasan-test: no kernel to run the cases in: " + e.getMessage());
            return FAILED;
        }
    }
}
