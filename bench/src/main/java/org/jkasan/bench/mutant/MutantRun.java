package org.jkasan.bench.mutant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jkasan.Kasan;
import org.jkasan.bench.mutant.work.Workload;
import org.jkasan.check.Sanitizer;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.KernelLeaks;
import org.jkasan.kernel.Printk;
import org.jkasan.mm.KernelOops;
import org.jkasan.report.ReportInfo;

/**
 * The program of a child JVM: runs the unmutated programs and then all mutants, each in a class
 * loader and a kernel of its own, and prints an outcome a line. Without the agent the oracle
 * watches, with the agent KASAN does.
 */
public final class MutantRun {

    private static final Kconfig KERNEL =
            Kconfig.defaults().withMem(16L << 20).withCpus(2).withVmallocSize(64L << 20);

    /** So many reports of one mutant say all. */
    private static final int ENOUGH = 200;

    private final boolean oracle = !Kasan.enabled();
    private final Map<Suite.Program, Map<String, byte[]>> clean = new HashMap<>();
    private final List<String> reports = new ArrayList<>();
    private int reported;
    private KernelOops oops;

    private MutantRun() {}

    /** The program; its argument takes every so many of the mutants. */
    public static void main(String[] args) throws ReflectiveOperationException {
        MutantRun run = new MutantRun();
        Kasan.addReportListener(run::reported);
        for (Suite.Program program : Suite.all()) {
            System.out.println(run.outcome(program, null).text());
        }
        for (Suite.Mutant mutant : Suite.mutants(Integer.parseInt(args[0]))) {
            System.out.println(run.outcome(mutant.program(), mutant.mutation()).text());
        }
    }

    private boolean reported(ReportInfo info) {
        if (++reported == ENOUGH) {
            Fuel.drain(); // each costs time, and a loop may make millions
        }
        String where =
                info.frames().isEmpty()
                        ? "?"
                        : info.frames().get(0).getClassName()
                                + ":"
                                + info.frames().get(0).getLineNumber();
        if (!reports.contains(where)) {
            reports.add(where);
        }
        return true;
    }

    private Outcome outcome(Suite.Program program, Mutation mutation)
            throws ReflectiveOperationException {
        Map<String, byte[]> unmutated = clean.computeIfAbsent(program, key -> new HashMap<>());
        MutantLoader loader = new MutantLoader(mutation, oracle, unmutated);
        Workload workload =
                (Workload)
                        loader.loadClass(program.workload().replace('/', '.'))
                                .getDeclaredConstructor()
                                .newInstance();
        reports.clear();
        reported = 0;
        Oracle.reset();
        Fuel.fill();
        Printk quiet = new Printk(line -> {});
        oops = null;
        try (Kernel kernel = boot(quiet)) {
            kernel.vmalloc().vmalloc(1); // nothing is the first in a kernel that runs
            KernelLeaks leaks = KernelLeaks.from(kernel);
            Outcome.End end = run(workload, kernel);
            boolean whole = end == Outcome.End.FINE;
            return new Outcome(
                    end,
                    where(),
                    oops == null ? "" : Long.toHexString(oops.address()),
                    whole && Oracle.isLeft(),
                    whole ? leaks.find().size() : 0,
                    List.copyOf(reports));
        }
    }

    private String where() {
        if (oracle) {
            return Oracle.where() == null ? "" : Oracle.where();
        }
        return oops == null ? "" : line(oops);
    }

    /** The line of the mutant that ran into an oops. */
    private static String line(KernelOops thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("org.jkasan.mm."))
                .findFirst()
                .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static Kernel boot(Printk log) {
        Sanitizer sanitizer = Sanitizer.installed();
        return sanitizer == null ? Kernel.boot(KERNEL, log) : Kernel.boot(KERNEL, log, sanitizer);
    }

    private Outcome.End run(Workload workload, Kernel kernel) {
        try {
            workload.run(kernel);
            return Outcome.End.FINE;
        } catch (KernelOops thrown) {
            oops = thrown;
            return Outcome.End.OOPS;
        } catch (Fuel.EndlessException e) {
            return Outcome.End.ENDLESS;
        } catch (VerifyError broken) {
            throw broken; // no mutant, but a mistake in making it
        } catch (RuntimeException | AssertionError | LinkageError | VirtualMachineError e) {
            return Outcome.End.WRONG;
        }
    }
}
