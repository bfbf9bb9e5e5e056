package org.jkasan.report;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The numbers of call sites, by which rewritten code names them. Thread-safe. */
public final class CallSites {

    /*
     * A call site is known by its class, method, file and line, not by a class object: so a class
     * that is rewritten once more, or loaded again by another loader, gets the numbers that it had,
     * and nothing here keeps a class from being unloaded. Numbers are never given up. A program that
     * goes on making classes of new names would fill the memory with them, so there is a limit;
     * calls beyond it are left as they are, and whole stacks kept of them.
     *
     * Look-ups take no lock. The class that asks for a number was defined after the number was given;
     * should the asking thread nevertheless see the table of before, it looks again under the lock.
     */

    /** What a call has that is not told where it is. */
    public static final int NONE = 0;

    /** Call sites of a very large program, ten times. */
    private static final int MOST = 1 << 20;

    private final Map<StackTraceElement, Integer> numbers = new HashMap<>();
    private final int most;
    private CallSite[] sites = new CallSite[64];

    public CallSites() {
        this(MOST);
    }

    /** Room for so many. */
    CallSites(int most) {
        this.most = most;
    }

    /**
     * The number of a place, given now or before.
     *
     * @return {@link #NONE} if there are too many
     */
    public synchronized int number(StackTraceElement place) {
        Integer known = numbers.get(place);
        if (known != null) {
            return known;
        }
        int number = numbers.size() + 1;
        if (number > most) {
            return NONE;
        }
        CallSite[] table = sites;
        if (number >= table.length) {
            table = Arrays.copyOf(table, 2 * table.length);
        }
        table[number] = new CallSite(place);
        sites = table;
        numbers.put(place, number);
        return number;
    }

    /** The call site of a number that was given; null for any other. */
    public CallSite site(int number) {
        CallSite[] table = sites;
        CallSite site = number > 0 && number < table.length ? table[number] : null;
        return site == null ? lookUp(number) : site;
    }

    private synchronized CallSite lookUp(int number) {
        return number > 0 && number < sites.length ? sites[number] : null;
    }
}
