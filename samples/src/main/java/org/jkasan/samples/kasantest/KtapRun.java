package org.jkasan.samples.kasantest;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.Kasan;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelOops;
import org.jkasan.samples.kasantest.Outcome.Status;

/** A run of cases in one kernel, told as KUnit does: KTAP, version 1. */
final class KtapRun {

    private static final String INDENT = "    ";
    private static final long RAM = 64 << 20;
    private static final long VMALLOC = 64 << 20;

    private final List<TestCase> cases;
    private final Request request;
    private final PrintStream out;
    private final int[] count = new int[Status.values().length];

    KtapRun(List<TestCase> cases, Request request, PrintStream out) {
        this.cases = cases;
        this.request = request;
        this.out = out;
    }

    /**
     * Runs them all.
     *
     * @return whether none failed
     * @throws org.jkasan.host.HostMemoryException where the host has no memory for a kernel
     */
    boolean run() {
        Kconfig config =
                Kconfig.defaults()
                        .withMem(RAM)
                        .withVmallocSize(VMALLOC)
                        .withSlubRcuDebug(request.slubRcuDebug());
        Expectations test = new Expectations(request.showing());
        try (Kernel kernel = Kernel.boot(config)) {
            Machine machine = new Machine(kernel, request.slubRcuDebug(), test);
            Kasan.addReportListener(test);
            try {
                tell(machine);
            } finally {
                Kasan.removeReportListener(test);
            }
        }
        return count[Status.FAIL.ordinal()] == 0;
    }

    private void tell(Machine machine) {
        out.println("KTAP version 1");
        out.println("1..1");
        out.println(INDENT + "KTAP version 1");
        out.println(INDENT + "# Subtest: " + Suite.NAME);
        out.println(INDENT + "1.." + cases.size());
        for (int i = 0; i < cases.size(); i++) {
            tell(i + 1, cases.get(i).name(), outcome(cases.get(i), machine));
        }
        String totals =
                String.format(
                        "pass:%d fail:%d skip:%d total:%d",
                        count[Status.PASS.ordinal()],
                        count[Status.FAIL.ordinal()],
                        count[Status.SKIP.ordinal()],
                        cases.size());
        boolean good = count[Status.FAIL.ordinal()] == 0;
        out.println("# " + Suite.NAME + ": " + totals);
        out.println("# Totals: " + totals);
        out.println((good ? "ok 1 " : "not ok 1 ") + Suite.NAME);
    }

    private void tell(int number, String name, Outcome outcome) {
        if (outcome.status() == Status.FAIL) {
            for (String line : outcome.lines()) {
                boolean first = line.startsWith(Expectations.FAILED);
                out.println(INDENT + (first ? "# " + name + ": " : INDENT) + line);
            }
        }
        count[outcome.status().ordinal()]++;
        out.println(INDENT + outcome.line(number, name));
        out.flush();
    }

    /** Whatever a case throws is a failure of it, and the next one runs. */
    private static Outcome outcome(TestCase test, Machine machine) {
        List<String> lines = new ArrayList<>();
        String skipped = null;
        try {
            test.body().accept(machine);
        } catch (SkippedException e) {
            skipped = e.getMessage();
        } catch (AbortedException e) {
            // It has said why.
        } catch (KernelOops e) {
            lines.add(Expectations.FAILED + "an oops: " + e.lines().get(0));
        } catch (RuntimeException | Error e) {
            lines.add(Expectations.FAILED + "an exception: " + e);
        }
        lines.addAll(0, machine.test().end());
        if (!lines.isEmpty()) {
            return new Outcome(Status.FAIL, lines);
        }
        return skipped == null
                ? new Outcome(Status.PASS, lines)
                : new Outcome(Status.SKIP, List.of(skipped));
    }
}
