package org.jkasan.report;

import java.util.List;
import java.util.Set;

/** Stack frames as a report shows them: without the runtime's own on top. */
final class Frames {

    /** The packages whose frames are JKASAN's own. */
    private static final Set<String> OWN =
            Set.of(
                    "org.jkasan",
                    "org.jkasan.check",
                    "org.jkasan.config",
                    "org.jkasan.host",
                    "org.jkasan.kernel",
                    "org.jkasan.mm",
                    "org.jkasan.mm.slab",
                    "org.jkasan.report",
                    "org.jkasan.shadow");

    private Frames() {}

    /** The frames without the leading ones that are JKASAN's own. */
    static List<StackTraceElement> strip(List<StackTraceElement> frames) {
        int first = 0;
        while (first < frames.size() && isOwn(frames.get(first).getClassName())) {
            first++;
        }
        return List.copyOf(frames.subList(first, frames.size()));
    }

    /** Whether a frame of the class is one of JKASAN's own. */
    static boolean isOwn(String className) {
        int dot = className.lastIndexOf('.');
        return dot > 0 && OWN.contains(className.substring(0, dot));
    }
}
