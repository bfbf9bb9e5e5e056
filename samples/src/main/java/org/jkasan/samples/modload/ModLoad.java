package org.jkasan.samples.modload;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jkasan.host.HostMemoryException;
import org.jkasan.kernel.Kernel;
import org.jkasan.samples.Sample;

/** The sample {@code modload}: loads an ELF file as a kernel loads a module. */
public final class ModLoad implements Sample {

    @Override
    public String name() {
        return "modload";
    }

    @Override
    public String arguments() {
        return Options.ARGUMENTS;
    }

    @Override
    public String summary() {
        return "loads an ELF64 file, by default the JVM's own library, as a kernel loads a module";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (UsageException e) {
            err.println("modload: " + e.getMessage());
            return USAGE;
        }
        if (options.listBugs()) {
            Bug.all().forEach(bug -> out.printf("%-21s%s%n", bug.key(), bug.description()));
            return DONE;
        }
        return load(options, out, err);
    }

    private static int load(Options options, PrintStream out, PrintStream err) {
        try (Kernel kernel = Kernel.boot()) {
            return load(kernel, options, out, err);
        } catch (HostMemoryException e) {
            err.println("modload: no kernel to load it into: " + e.getMessage());
            return FAILED;
        }
    }

    /** Loads a file into a kernel that is there, and says what {@link #run} does. */
    public static int load(Kernel kernel, Path file, PrintStream out, PrintStream err) {
        return load(kernel, new Options(file, Bug.NONE, false), out, err);
    }

    private static int load(Kernel kernel, Options options, PrintStream out, PrintStream err) {
        try (ModuleFile file = ModuleFile.open(options.file())) {
            Loader loader = new Loader(kernel.vmalloc(), kernel.memory(), options.bug());
            List<String> lines = loader.load(moduleName(options.file()), file);
            out.println("modload: " + options.file());
            lines.forEach(out::println);
            return DONE;
        } catch (BadModuleException e) {
            err.println("modload: " + options.file() + ": " + e.getMessage());
            return FAILED;
        }
    }

    /** The file's name up to its first dot. */
    private static String moduleName(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString();
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
