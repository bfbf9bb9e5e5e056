package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jkasan.check.Sanitizer;
import org.jkasan.host.HostMemory;
import org.jkasan.report.AddressDescriber;
import org.jkasan.report.AddressInfo;
import org.jkasan.report.VariableRegion;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/**
 * The part of the kernel image that has the global variables: always mapped, zero at first, and
 * filled upwards. Thread-safe.
 */
final class DataSection implements AddressDescriber {

    /*
     *   data     | a: 10 bytes | redzone | b: 64 bytes          | redzone | not used yet
     *   shadow   | 00 02       | f9 ..   | 00 00 .. 00          | f9 f9 ..| 00 00 ...
     *            0             16        64                     128       160
     *
     * Invariants: variables lie one behind the other from the window's start on, each at a multiple
     * of 32; behind each are at least 32 bytes of redzone; names are unique. What no variable has
     * is accessible, as the image's other data is, so what lies before the first variable is not
     * guarded. Nothing is ever taken back, so readers need no lock: a variable is in the map once
     * its shadow is written.
     *
     * Source: __asan_register_globals, and how compilers lay out what they pass to it.
     */

    /** Bytes for all variables and their redzones. */
    static final long SIZE = 16 << 20;

    /** What every variable and the size with its redzone is a multiple of. */
    static final long ALIGNMENT = 32;

    private static final long LEAST_REDZONE = 32;

    private final HostMemory host;
    private final Shadow shadow;
    private final KernelWindow window;
    private final Map<String, Global> byName = new HashMap<>();
    private final ConcurrentSkipListMap<Long, Global> byStart = new ConcurrentSkipListMap<>();
    private long next;

    private DataSection(HostMemory host, Shadow shadow, KernelWindow window) {
        this.host = host;
        this.shadow = shadow;
        this.window = window;
        this.next = window.start();
    }

    /**
     * Reserves the window.
     *
     * @param sanitizer who watches, or null without KASAN
     */
    static DataSection reserve(HostMemory host, long start, Sanitizer sanitizer) {
        KernelWindow window = KernelWindow.reserve(host, start, SIZE, "the kernel image's data");
        return new DataSection(host, sanitizer == null ? null : sanitizer.shadow(), window);
    }

    KernelWindow window() {
        return window;
    }

    /**
     * Adds a variable.
     *
     * @throws IllegalArgumentException if there is one of the name, or the size is not positive
     * @throws IllegalStateException if no room is left
     */
    synchronized Global register(String name, long size) {
        if (size <= 0) {
            throw new IllegalArgumentException(
                    "Global variable "
                            + name
                            + " has "
                            + size
                            + " bytes; give it a positive number of them.");
        }
        if (byName.containsKey(name)) {
            throw new IllegalArgumentException(
                    "There is a global variable " + name + " already; choose another name.");
        }
        long left = window.end() - next;
        if (size > left || sizeWithRedzone(size) > left) {
            throw new IllegalStateException(
                    "The kernel image has no room for global variable "
                            + name
                            + ": "
                            + size
                            + " bytes and a redzone do not fit into the "
                            + left
                            + " that are left of "
                            + SIZE
                            + "; use vmalloc for large memory.");
        }
        Global global = new Global(name, next, size, sizeWithRedzone(size));
        guard(global);
        next = global.end();
        byName.put(name, global);
        byStart.put(global.start(), global);
        return global;
    }

    private static long sizeWithRedzone(long size) {
        return size + LEAST_REDZONE + ALIGNMENT - 1 & -ALIGNMENT;
    }

    private void guard(Global global) {
        if (shadow != null) {
            long start = window.toHost(global.start());
            long redzone = redzone(global);
            shadow.unpoison(start, global.size());
            shadow.poison(
                    start + redzone, global.sizeWithRedzone() - redzone, ShadowByte.GLOBAL_REDZONE);
        }
    }

    /** Where the whole granules of a redzone begin, from the variable's start on. */
    private static long redzone(Global global) {
        return global.size() + Shadow.GRANULE_SIZE - 1 & -Shadow.GRANULE_SIZE;
    }

    /** The variable of a name, or null. */
    synchronized Global find(String name) {
        return byName.get(name);
    }

    /** The variable at an address, or the last one before it. */
    @Override
    public AddressInfo describe(long hostAddress) {
        if (!window.ownsHost(hostAddress)) {
            return null;
        }
        var below = byStart.floorEntry(window.toKernel(hostAddress));
        Global global = below == null ? null : below.getValue();
        return new AddressInfo(
                window.delta(),
                global == null
                        ? null
                        : new VariableRegion(global.name(), global.start(), global.size()));
    }

    /** Checks the invariants, while nobody registers. */
    void check(Consumer<String> violations) {
        long expected = window.start();
        for (Global global : byStart.values()) {
            if (global.start() != expected || global.start() % ALIGNMENT != 0) {
                violations.accept(global + " does not begin at " + hex(expected));
            }
            if (global.sizeWithRedzone() - global.size() < LEAST_REDZONE) {
                violations.accept(global + " has too small a redzone");
            }
            if (shadow != null) {
                checkShadow(global, violations);
            }
            expected = global.end();
        }
        if (expected != next || byStart.size() != byName.size()) {
            violations.accept("global variables end at " + hex(next) + ", not " + hex(expected));
        }
    }

    private void checkShadow(Global global, Consumer<String> violations) {
        long start = window.toHost(global.start());
        if (!shadow.isValid(start, global.size())) {
            violations.accept(global + " is not accessible");
        }
        if (shadow.isValid1(start + global.size())) {
            violations.accept(global + " has an accessible byte behind it");
        }
        for (long at = redzone(global); at < global.sizeWithRedzone(); at += Shadow.GRANULE_SIZE) {
            if (shadow.load(start + at) != ShadowByte.GLOBAL_REDZONE) {
                violations.accept(global + " has no redzone at byte " + at);
            }
        }
    }

    /** Gives the window back, and leaves no shadow behind. */
    void release() {
        if (shadow != null) {
            long first = shadow.shadowAddress(window.hostStart() - window.moat());
            long end = shadow.shadowAddress(window.hostStart() + window.reserved());
            host.discard(first, end - first);
        }
        window.release(host);
    }
}
