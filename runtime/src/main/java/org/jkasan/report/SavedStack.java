package org.jkasan.report;

import java.util.List;

/** What is known of the stack of an allocation or a free. */
sealed interface SavedStack permits CallSite, StackRecord {

    /**
     * The frames from the innermost outwards, without the runtime's own; empty if none is known.
     */
    List<StackTraceElement> frames();
}
