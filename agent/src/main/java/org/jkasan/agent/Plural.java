package org.jkasan.agent;

/** A number with its noun. */
final class Plural {

    private Plural() {}

    static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
