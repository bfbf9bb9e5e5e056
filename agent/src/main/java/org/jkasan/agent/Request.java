package org.jkasan.agent;

/**
 * What the arguments of an agent ask for. The command line's {@code attach} and {@code detach} say
 * which of the two they are, and want an {@link Answer}; all else asks to attach.
 *
 * @param wantsAnswer whether a command line waits for one
 * @param isDetach whether checking is to end
 * @param options {@code key=value,key=value}; may be empty or null
 */
record Request(boolean wantsAnswer, boolean isDetach, String options) {

    /** How arguments begin that come from the command line; no option is called so. */
    private static final String COMMAND = "jkasan.command=";

    private static final String ATTACH = COMMAND + "attach";
    private static final String DETACH = COMMAND + "detach";

    /**
     * Reads arguments.
     *
     * @param late only then they may be a command line's
     */
    static Request of(String arguments, boolean late) {
        if (late && arguments != null) {
            if (arguments.equals(DETACH)) {
                return new Request(true, true, "");
            }
            if (arguments.equals(ATTACH)) {
                return new Request(true, false, "");
            }
            if (arguments.startsWith(ATTACH + ",")) {
                return new Request(true, false, arguments.substring(ATTACH.length() + 1));
            }
        }
        return new Request(false, false, arguments);
    }

    /** Ends well; null, as the boot package wants it then. */
    String done(String sentence) {
        if (wantsAnswer) {
            Answer.done(sentence);
        }
        return null;
    }

    /**
     * Ends with a refusal: for the command line if it waits for one, and then the program sees
     * nothing of it; else for the boot package.
     */
    String refused(String sentence) {
        return wantsAnswer && Answer.refused(sentence) ? null : sentence;
    }
}
