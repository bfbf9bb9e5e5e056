package org.jkasan.report;

import java.util.ArrayList;
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

    /** The finding with all answers to what lies at its address. */
    Finding describe(Finding bare, boolean linuxTitles) {
        List<String> failures = new ArrayList<>(0);
        List<AddressInfo> answers = new ArrayList<>(2);
        for (AddressDescriber describer : list) {
            try {
                AddressInfo info = describer.describe(bare.access().hostAddress());
                if (info != null) {
                    answers.add(info);
                }
            } catch (RuntimeException | Error e) {
                failures.add(failure(e.toString()));
            }
        }
        Finding noted = bare.with(failures);
        return answers.isEmpty() ? noted : noted.describedBy(answers, linuxTitles);
    }

    /** The note on an address that could not be described. */
    static String failure(String why) {
        return "(the address could not be described: " + why + ")";
    }
}
