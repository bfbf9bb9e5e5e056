package org.jkasan.mm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The purges of all windows of a kernel, any of which can give back what another one lacks. */
final class Purges {

    private final List<LazyPurge> list = new CopyOnWriteArrayList<>();

    void add(LazyPurge purge) {
        list.add(purge);
    }

    /** Purges whatever was freed before the call, and what was kept. */
    void purge() {
        list.forEach(LazyPurge::purgeHere);
    }
}
