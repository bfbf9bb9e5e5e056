package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.List;

/** A column of ratios: how many times as long one configuration takes as another. */
record Ratio(Configuration measured, Configuration base) {

    /** The words that the table has for a ratio to the first or to the second configuration. */
    String title() {
        return base == Configuration.NO_KASAN ? "x baseline" : "x KASAN";
    }

    /** Its name in files. */
    String key() {
        return measured.key() + "/" + base.key();
    }

    /** The ratios of a configuration, as the commit's table has them. */
    static List<Ratio> of(Configuration measured) {
        List<Ratio> ratios = new ArrayList<>();
        if (measured != Configuration.NO_KASAN) {
            ratios.add(new Ratio(measured, Configuration.NO_KASAN));
            if (measured != Configuration.KASAN) {
                ratios.add(new Ratio(measured, Configuration.KASAN));
            }
        }
        return ratios;
    }
}
