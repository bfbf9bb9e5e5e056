package org.jkasan.agent.rewrite.hook;

/** Whoever gives numbers to the places that call the runtime. */
public interface CallSiteNumbers {

    /** What a call has that is to be left as it is. */
    int NONE = 0;

    /**
     * The number of a place.
     *
     * @param className binary name
     * @param file the source file, or null if unknown
     * @param line in it, or -1 if unknown
     * @return {@link #NONE} if there is none for it
     */
    int number(String className, String method, String file, int line);
}
