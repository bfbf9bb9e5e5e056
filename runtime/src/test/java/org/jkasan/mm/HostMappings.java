package org.jkasan.mm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The host's mappings of this process, as /proc/self/maps lists them. */
final class HostMappings {

    private HostMappings() {}

    /** How many there are in a range of host addresses. */
    static int count(long start, long end) {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return (int) lines.filter(line -> touches(line, start, end)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many there are in a window. */
    static int count(KernelWindow window) {
        return count(window.hostStart(), window.hostStart() + window.reserved());
    }

    private static boolean touches(String line, long start, long end) {
        int dash = line.indexOf('-');
        long from = Long.parseUnsignedLong(line.substring(0, dash), 16);
        long to = Long.parseUnsignedLong(line.substring(dash + 1, line.indexOf(' ')), 16);
        return Long.compareUnsigned(from, end) < 0 && Long.compareUnsigned(start, to) < 0;
    }
}
