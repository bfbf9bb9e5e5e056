package org.jkasan.samples.testvmalloc;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jkasan.Kasan;
import org.jkasan.host.HostMemoryException;
import org.jkasan.kernel.Kernel;
import org.jkasan.samples.Sample;

/** The sample {@code test-vmalloc}: the kernel's benchmark of vmalloc. */
public final class TestVmalloc implements Sample {

    static final String NAME = "test-vmalloc";

    /** What makes this a child JVM of the table. */
    static final String TURNS = "turns";

    private static final String TABLE = "table";

    private final BiFunction<VmallocTest, TestContext, TestBody> bodies;

    /** The sample with the module's tests. */
    public TestVmalloc() {
        this(VmallocTest::body);
    }

    /** The sample with other bodies in the tests. */
    TestVmalloc(BiFunction<VmallocTest, TestContext, TestBody> bodies) {
        this.bodies = bodies;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String arguments() {
        return "[performance|smoke|stress|table] [key=value ...]";
    }

    @Override
    public String summary() {
        return "the kernel's benchmark of vmalloc, or what KASAN costs in it, beside Linux's table";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        try {
            if (first.equals(TURNS)) {
                Turns.serve(System.in, out);
                return DONE;
            }
            if (first.equals(TABLE)) {
                List<String> rest = arguments.subList(1, arguments.size());
                TableCommand.run(TableOptions.parse(rest), out, err);
                return DONE;
            }
            return run(parameters(arguments), out, err);
        } catch (UsageException e) {
            err.println(NAME + ": " + e.getMessage() + "; usage: " + NAME + " " + arguments());
        } catch (HostMemoryException e) {
            err.println(NAME + ": no kernel to run in: " + e.getMessage());
        } catch (IOException | IllegalStateException e) {
            err.println(NAME + ": " + e.getMessage());
        }
        return FAILED;
    }

    private static Parameters parameters(List<String> arguments) throws UsageException {
        Optional<Preset> preset =
                arguments.isEmpty() ? Optional.empty() : Preset.named(arguments.get(0));
        Parameters parameters =
                preset.map(Preset::parameters)
                        .orElse(Parameters.defaults())
                        .with(arguments.subList(preset.isPresent() ? 1 : 0, arguments.size()));
        if (parameters.tests().isEmpty()) {
            throw new UsageException(
                    Parameter.RUN_TEST_MASK.key() + " has no bit of a test, expected some of 4095");
        }
        return parameters;
    }

    private int run(Parameters parameters, PrintStream out, PrintStream err) {
        long before = reports();
        List<WorkerResult> workers;
        try (Kernel kernel = Kernel.boot()) {
            workers = Worker.runAll(kernel, parameters, bodies);
        }
        SummaryText text = new SummaryText(parameters, Clock.ofHost());
        workers.forEach(worker -> text.lines(worker).forEach(out::println));
        long reports = reports() - before;
        if (reports > 0) {
            err.println(NAME + ": bad accesses that KASAN reported meanwhile: " + reports);
        }
        boolean good = reports == 0 && workers.stream().allMatch(WorkerResult::isGood);
        return good ? DONE : FAILED;
    }

    private static long reports() {
        Kasan.Stats stats = Kasan.stats();
        return stats.reports() + stats.repeats();
    }
}
