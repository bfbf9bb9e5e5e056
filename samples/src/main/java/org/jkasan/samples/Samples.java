package org.jkasan.samples;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jkasan.samples.kasantest.KasanTest;
import org.jkasan.samples.modload.ModLoad;
import org.jkasan.samples.slabtour.SlabTour;
import org.jkasan.samples.testvmalloc.TestVmalloc;

/** The samples jar's entry point: {@code list}, or a sample's name and its arguments. */
public final class Samples {

    private static final String LIST = "list";

    private final List<Sample> samples;

    Samples(List<Sample> samples) {
        this.samples = List.copyOf(samples);
    }

    /**
     * Runs the sample that the first argument names, and exits with its status if that is not 0.
     */
    public static void main(String[] arguments) {
        Samples samples =
                new Samples(
                        List.of(new ModLoad(), new SlabTour(), new KasanTest(), new TestVmalloc()));
        int status = samples.run(Arrays.asList(arguments), System.out, System.err);
        if (status != Sample.DONE) {
            System.exit(status);
        }
    }

    int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty()) {
            err.println("samples: no sample named; " + usage());
            return Sample.USAGE;
        }
        String name = arguments.get(0);
        if (name.equals(LIST)) {
            samples.forEach(sample -> out.println(describe(sample)));
            return Sample.DONE;
        }
        for (Sample sample : samples) {
            if (sample.name().equals(name)) {
                return sample.run(arguments.subList(1, arguments.size()), out, err);
            }
        }
        err.println("samples: no sample is called \"" + name + "\"; " + usage());
        return Sample.USAGE;
    }

    private String usage() {
        return "usage: java -jar samples.jar "
                + samples.stream()
                        .map(Sample::name)
                        .collect(Collectors.joining("|", LIST + "|", ""))
                + " [ARGUMENT...]";
    }

    private static String describe(Sample sample) {
        return sample.name() + " " + sample.arguments() + "\n    " + sample.summary();
    }
}
