package org.jkasan.agent.rewrite;

/** How much code a method's checks may take. */
enum CheckForm {
    /** Checks with handles in the loops that they serve, of which innermost ones have versions. */
    VERSIONS,
    /** The same without versions: for methods that would be too large to be compiled. */
    HANDLES,
    /** Each check is one short call: for methods near a size limit. */
    SHORT,
    /** Nothing is to be checked, but calls of the runtime say where they are. */
    CALLS,
    /** No checks: even the short ones do not fit into the method, or nothing is to be checked. */
    NONE;

    /** The next smaller form. */
    CheckForm smaller() {
        return switch (this) {
            case VERSIONS -> HANDLES;
            case HANDLES -> SHORT;
            default -> NONE;
        };
    }
}
