package org.jkasan.host.jna;

/** Says in one sentence why JNA does not work here. */
final class JnaFailure {

    private JnaFailure() {}

    /**
     * The sentence for what came out of JNA.
     *
     * @param error a linkage error, or JNA's own plain Error about a version that does not fit
     */
    static String sentence(Error error) {
        String reason = reason(error);
        if (error instanceof NoClassDefFoundError && reason.startsWith("com/sun/jna/")) {
            return "JNA is missing ("
                    + reason
                    + "); put the JNA jar on the class path beside the JKASAN runtime, or attach"
                    + " the JKASAN agent, which brings it.";
        }
        return "JNA cannot load its native library ("
                + reason
                + "); it is unpacked to the temporary directory, which must be writable and not"
                + " mounted noexec: name a directory that is, with -Djna.tmpdir=DIR.";
    }

    private static String reason(Error error) {
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return error.getClass().getSimpleName();
        }
        String line = message.strip();
        int end = line.indexOf('\n');
        return (end < 0 ? line : line.substring(0, end)).strip();
    }
}
