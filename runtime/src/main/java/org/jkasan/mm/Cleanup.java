package org.jkasan.mm;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be given back, last first: where a start fails half way, and at the end. */
final class Cleanup {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
        steps.push(step);
    }

    /** Takes every step, once. */
    void run() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }
}
