package org.jkasan.report;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who know what lies where; whoever of them fails costs the report only what it knew. */
final class Describers {

    private final List<AddressDescriber> list = new CopyOnWriteArrayList<>();

    void add(AddressDescriber describer) {
        list.add(describer);
    }

    void remove(AddressDescriber describer) {
        list.remove(describer);
    }

    /**
     * The first answer to what lies at a host address, or null if nobody knows.
     *
     * @param notes where a failure is noted
     */
    AddressInfo describe(long hostAddress, List<String> notes) {
        for (AddressDescriber describer : list) {
            try {
                AddressInfo info = describer.describe(hostAddress);
                if (info != null) {
                    return info;
                }
            } catch (RuntimeException | Error e) {
                notes.add("(the address could not be described: " + e + ")");
            }
        }
        return null;
    }
}
