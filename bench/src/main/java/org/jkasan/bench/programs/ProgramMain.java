package org.jkasan.bench.programs;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.bench.turn.Turn;

/**
 * Runs a program of {@link Load} some times, in turns with another JVM: {@code LOAD TIMES}. Prints
 * for each run the nanoseconds of CPU time, of all threads, and of wall-clock time; first those
 * from the start of the JVM to where the program has its input. What is compiled while the other
 * JVM has its turn is counted with the next run, for it is this program's.
 */
public final class ProgramMain {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final long STARTED = ManagementFactory.getRuntimeMXBean().getStartTime();

    private final PrintStream out = System.out;
    private final Turn turn = new Turn();

    private ProgramMain() {}

    public static void main(String[] args) throws Exception {
        new ProgramMain().run(Load.valueOf(args[0]), Integer.parseInt(args[1]));
        System.exit(0); // whatever threads the program has left
    }

    private void run(Load load, int times) throws Exception {
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        Path scratch = Files.createTempDirectory("program");
        try {
            Workload workload = load.start(scratch);
            long millis = System.currentTimeMillis() - STARTED;
            long cpu = PROCESS.getProcessCpuTime();
            out.println(cpu + " " + millis * 1_000_000);
            for (int i = 0; i < times; i++) {
                turn.take();
                long wall = System.nanoTime();
                workload.run();
                long wallSpent = System.nanoTime() - wall;
                long cpuThen = PROCESS.getProcessCpuTime();
                out.println((cpuThen - cpu) + " " + wallSpent);
                cpu = cpuThen;
                turn.pass();
            }
        } finally {
            delete(scratch);
        }
        turn.leave();
    }

    private static void delete(Path directory) throws Exception {
        List<Path> all;
        try (Stream<Path> files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    /** The jar on the class path whose file name begins and ends so. */
    static Path jar(String begin, String end) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(begin))
                .filter(path -> path.getFileName().toString().endsWith(end))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + begin + " jar."));
    }
}
