package org.example;

/** A program with a bug: the tests of reports need frames that are not the runtime's own. */
public final class SectionTable {

    private SectionTable() {}

    /** Makes the access on a line of its own. */
    public static void parse(Runnable access) {
        access.run();
    }

    /** Makes the same access on another line. */
    public static void validate(Runnable access) {
        access.run();
    }

    /** Calls itself before the access. */
    public static void nested(int depth, Runnable access) {
        if (depth == 0) {
            access.run();
        } else {
            nested(depth - 1, access);
        }
    }
}
