package org.jkasan.samples.testvmalloc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processor's cycles, as the kernel's module counts them, out of nanoseconds: Java cannot read
 * the counter.
 *
 * @param megahertz cycles in a microsecond
 */
record Clock(double megahertz) {

    /** A cycle is a nanosecond. */
    private static final double UNKNOWN = 1000;

    /** The processor's, as Linux tells it in /proc/cpuinfo. */
    static Clock ofHost() {
        try {
            return of(Files.readAllLines(Path.of("/proc/cpuinfo")));
        } catch (IOException notLinux) {
            return new Clock(UNKNOWN);
        }
    }

    /** The one of the first processor that the lines of /proc/cpuinfo name. */
    static Clock of(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("cpu MHz")) {
                try {
                    return new Clock(Double.parseDouble(line.substring(line.indexOf(':') + 1)));
                } catch (NumberFormatException e) {
                    break;
                }
            }
        }
        return new Clock(UNKNOWN);
    }

    long cycles(long nanos) {
        return Math.round(nanos * megahertz / 1000);
    }
}
