package org.jkasan.report;

import java.util.List;

/**
 * What makes two reports the same bug: the title, the access and the innermost frames.
 *
 * @param type what the bug is
 * @param kind read, write or free
 * @param places the innermost frames of the program, at most three
 */
record BugKey(BugType type, AccessKind kind, List<Place> places) {

    private static final int DEPTH = 3;

    /** A line of a method. */
    record Place(String className, String method, int line) {

        static Place of(StackWalker.StackFrame frame) {
            return new Place(frame.getClassName(), frame.getMethodName(), frame.getLineNumber());
        }
    }

    /**
     * The innermost frames of the current stack. A bug in a loop is found again and again, so only
     * these are walked; the whole stack is symbolised for new bugs only.
     */
    static List<Place> placesHere() {
        return StackWalker.getInstance()
                .walk(
                        frames ->
                                frames.dropWhile(frame -> Frames.isOwn(frame.getClassName()))
                                        .limit(DEPTH)
                                        .map(Place::of)
                                        .toList());
    }
}
