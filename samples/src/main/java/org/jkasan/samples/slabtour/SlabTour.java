package org.jkasan.samples.slabtour;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.jkasan.host.HostMemoryException;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelOops;
import org.jkasan.samples.Sample;

/** The sample {@code slab-tour}: one short function for each title that a report can have. */
public final class SlabTour implements Sample {

    private static final long RAM = 64 << 20;
    private static final long VMALLOC = 64 << 20;

    @Override
    public String name() {
        return "slab-tour";
    }

    @Override
    public String arguments() {
        return "[STOP|list]";
    }

    @Override
    public String summary() {
        return "makes the mistake behind each title of a report, all of them or one";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() > 1) {
            err.println("slab-tour: one stop at most, not " + arguments.size() + "; see list");
            return USAGE;
        }
        if (arguments.isEmpty()) {
            return visit(Stop.all(), out, err);
        }
        String key = arguments.get(0);
        if (key.equals("list")) {
            Stop.all().forEach(stop -> out.printf("%-24s%s%n", stop.key(), stop.title()));
            return DONE;
        }
        Optional<Stop> stop = Stop.of(key);
        if (stop.isEmpty()) {
            err.println("slab-tour: there is no stop \"" + key + "\"; list shows them");
            return USAGE;
        }
        return visit(List.of(stop.get()), out, err);
    }

    /** Each stop has a kernel of its own, so that none hits what another left behind. */
    private static int visit(List<Stop> stops, PrintStream out, PrintStream err) {
        for (Stop stop : stops) {
            out.println("slab-tour: " + stop.key());
            Kconfig config = Kconfig.defaults().withMem(RAM).withVmallocSize(VMALLOC);
            try (Kernel kernel = Kernel.boot(config)) {
                stop.visit(kernel);
            } catch (KernelOops e) {
                e.lines().forEach(err::println);
            } catch (HostMemoryException e) {
                err.println("slab-tour: no kernel to make mistakes in: " + e.getMessage());
                return FAILED;
            }
        }
        return DONE;
    }
}
