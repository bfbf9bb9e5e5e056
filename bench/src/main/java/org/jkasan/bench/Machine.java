package org.jkasan.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jkasan.samples.launch.Jdk;

/** The facts of the machine without which a figure says little. */
final class Machine {

    private Machine() {}

    /** Two lines: the machine with its load, and the JDKs. */
    static String text(List<Jdk> jdks) {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s %s, load %.1f%nJDK %s%n",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                String.join(", ", jdks.stream().map(Jdk::version).toList()));
    }

    /** The processor's name where Linux tells it, else its architecture. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }
}
