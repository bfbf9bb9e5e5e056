package org.jkasan.report;

import java.util.List;

/**
 * What makes two reports the same bug: the title, the access and the innermost frames.
 *
 * @param type what the bug is
 * @param kind read, write or free
 * @param places the innermost frames of the program, at most {@link #DEPTH}
 */
record BugKey(BugType type, AccessKind kind, List<Place> places) {

    /** Frames that count. */
    static final int DEPTH = 3;

    /** A line of a method. */
    record Place(String className, String method, int line) {

        static Place of(StackWalker.StackFrame frame) {
            return new Place(frame.getClassName(), frame.getMethodName(), frame.getLineNumber());
        }
    }

    /**
     * The key of a bug on the current stack. It costs a few microseconds: a bug in a loop is found
     * again and again, so the whole stack is walked for new bugs only.
     */
    static BugKey here(BugType type, AccessKind kind) {
        return new BugKey(
                type,
                kind,
                StackWalker.getInstance()
                        .walk(
                                frames ->
                                        frames.dropWhile(f -> Frames.isOwn(f.getClassName()))
                                                .limit(DEPTH)
                                                .map(Place::of)
                                                .toList()));
    }
}
