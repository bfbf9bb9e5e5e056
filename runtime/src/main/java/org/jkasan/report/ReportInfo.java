package org.jkasan.report;

import java.util.List;
import java.util.Optional;

/**
 * All that a report says, as data. It is filled before anything is printed; the text is one view of
 * it.
 *
 * @param type what the bug is
 * @param kind read, write or free
 * @param address the first byte accessed, as the program knows it: a kernel address in a kernel's
 *     window, else a host address
 * @param size bytes accessed, unsigned; 0 for a free
 * @param firstBad the first byte that must not be touched, in the same terms as the address
 * @param task who did it
 * @param frames the stack from the innermost frame outwards, without the runtime's own on top
 * @param regions what holds the address or lies nearest, each kind at most once
 * @param rows the shadow around the first bad byte, lowest address first; empty for an address
 *     without shadow
 * @param notes what could not be found out and why
 * @param tainted whether there was a report before this one
 * @param machine where it happened
 */
public record ReportInfo(
        BugType type,
        AccessKind kind,
        long address,
        long size,
        long firstBad,
        Task task,
        List<StackTraceElement> frames,
        List<Region> regions,
        List<ShadowRow> rows,
        List<String> notes,
        boolean tainted,
        Machine machine) {

    public ReportInfo {
        frames = List.copyOf(frames);
        regions = List.copyOf(regions);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** The report as it is printed; it ends with a line feed. */
    public String text() {
        return ReportFormatter.format(this);
    }

    /** The vmap area that holds the address or lies nearest. */
    public Optional<VmallocRegion> vmalloc() {
        return find(regions, VmallocRegion.class);
    }

    /** The slab object that holds the address or lies nearest. */
    public Optional<SlabRegion> slab() {
        return find(regions, SlabRegion.class);
    }

    /** The kernel task's stack that holds the address. */
    public Optional<StackRegion> stack() {
        return find(regions, StackRegion.class);
    }

    /** The global variable that holds the address or lies nearest. */
    public Optional<VariableRegion> variable() {
        return find(regions, VariableRegion.class);
    }

    /** The page of RAM that holds the address. */
    public Optional<PageRegion> page() {
        return find(regions, PageRegion.class);
    }

    static <T extends Region> Optional<T> find(List<Region> regions, Class<T> kind) {
        return regions.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
