package org.jkasan.config;

import java.util.List;

/**
 * Decides by name which classes are checked: those that a glob of the one list matches and none of
 * the other. In a glob {@code *} is any characters, dots too, and {@code ?} is one.
 */
public final class ClassFilter {

    private final String[] include;
    private final String[] exclude;

    /** A filter of two lists of globs over binary class names. */
    public ClassFilter(List<String> include, List<String> exclude) {
        this.include = include.toArray(new String[0]);
        this.exclude = exclude.toArray(new String[0]);
    }

    /** Whether the class of that binary name, {@code java.util.Map$Entry}, is to be checked. */
    public boolean test(String binaryName) {
        return matchesAny(include, binaryName) && !matchesAny(exclude, binaryName);
    }

    private static boolean matchesAny(String[] globs, String name) {
        for (String glob : globs) {
            if (matches(glob, name)) {
                return true;
            }
        }
        return false;
    }

    /** Greedy, going back to the last star only: enough, as an earlier one gains nothing more. */
    private static boolean matches(String glob, String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            char wanted = at < glob.length() ? glob.charAt(at) : 0;
            if (wanted == '*') {
                star = at++;
                resume = in;
            } else if (at < glob.length() && (wanted == '?' || wanted == name.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
