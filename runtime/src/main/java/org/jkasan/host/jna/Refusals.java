package org.jkasan.host.jna;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.host.HostAddresses;
import org.jkasan.host.HostMemoryException;

/** Says in one sentence which limit of the host has refused memory, and how to lift it. */
final class Refusals {

    private static final int ENOMEM = 12;

    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final Path limits;
    private final Path overcommit;

    /**
     * Refusals explained by what two files say; on a host without them no limit is named.
     *
     * @param limits /proc/self/limits
     * @param overcommit /proc/sys/vm/overcommit_memory
     */
    Refusals(Path limits, Path overcommit) {
        this.limits = limits;
        this.overcommit = overcommit;
    }

    static Refusals ofThisProcess() {
        return new Refusals(
                Path.of("/proc/self/limits"), Path.of("/proc/sys/vm/overcommit_memory"));
    }

    /** mmap has refused to reserve address space. */
    HostMemoryException reserve(long bytes, String purpose, int errno) {
        String refused = "The host refuses to reserve " + size(bytes) + " for " + purpose + ": ";
        List<String> reasons = errno == ENOMEM ? limitsInForce() : List.of();
        if (!reasons.isEmpty()) {
            return new HostMemoryException(refused + String.join("; also, ", reasons) + ".");
        }
        return new HostMemoryException(
                refused
                        + (errno == ENOMEM
                                ? "no limit is set, so its address space has no such room left"
                                : "mmap failed with errno " + errno)
                        + "; end what else reserves memory in this process.");
    }

    /** The host has room, but only where no shadow can be. */
    HostMemoryException tooHigh(long bytes, String purpose) {
        return new HostMemoryException(
                "The host has no room of "
                        + size(bytes)
                        + " for "
                        + purpose
                        + " below address 2^"
                        + HostAddresses.BITS
                        + ", where the shadow ends; end what else reserves"
                        + " memory in this process.");
    }

    /** The host has refused to make a file of memory. */
    HostMemoryException file(long bytes, String purpose, int errno) {
        return new HostMemoryException(
                "The host refuses a file of "
                        + size(bytes)
                        + " for "
                        + purpose
                        + " with errno "
                        + errno
                        + "; raise the limits on open files (ulimit -n) and on their size (ulimit"
                        + " -f).");
    }

    /** A call on a range that is reserved has failed. */
    HostMemoryException failed(String call, long address, long bytes, int errno) {
        return new HostMemoryException(
                call
                        + " failed with errno "
                        + errno
                        + " for "
                        + size(bytes)
                        + " at 0x"
                        + Long.toHexString(address)
                        + (errno == ENOMEM
                                ? ": the range is not reserved, or the process has as many"
                                        + " mappings as the host allows (vm.max_map_count); raise"
                                        + " that with sysctl -w vm.max_map_count=1000000."
                                : "."));
    }

    private List<String> limitsInForce() {
        List<String> reasons = new ArrayList<>();
        for (String line : read(limits).split("\n")) {
            addLimit(reasons, line, "Max address space", "ulimit -v", "address space");
            addLimit(reasons, line, "Max data size", "ulimit -d", "private memory");
        }
        if (read(overcommit).strip().equals("2")) {
            reasons.add(
                    "vm.overcommit_memory=2 counts reserved memory as used; set it to 0 or 1 with"
                            + " sysctl -w vm.overcommit_memory=1");
        }
        return reasons;
    }

    private static void addLimit(
            List<String> reasons, String line, String name, String command, String what) {
        if (!line.startsWith(name)) {
            return;
        }
        String soft = line.substring(name.length()).strip().split(" ", 2)[0];
        if (!soft.equals("unlimited")) {
            reasons.add(
                    command
                            + " allows "
                            + size(Long.parseUnsignedLong(soft))
                            + " of "
                            + what
                            + "; start java after "
                            + command
                            + " unlimited");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) { // no such file on macOS: then it names no limit either
            return "";
        }
    }

    /** A number of bytes in the largest unit that states it exactly. */
    private static String size(long bytes) {
        int unit = bytes == 0 ? 0 : Long.numberOfTrailingZeros(bytes) / 10;
        return Long.toUnsignedString(bytes >>> 10 * unit) + " " + UNITS[unit];
    }
}
