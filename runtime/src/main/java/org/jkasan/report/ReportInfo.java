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
 * @param region the vmap area that holds the address or lies nearest
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
        Optional<VmallocRegion> region,
        List<ShadowRow> rows,
        List<String> notes,
        boolean tainted,
        Machine machine) {

    public ReportInfo {
        frames = List.copyOf(frames);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }
}
