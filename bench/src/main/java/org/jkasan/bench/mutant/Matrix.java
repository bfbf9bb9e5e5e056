package org.jkasan.bench.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What became of all mutants, by the kind of their bug. */
record Matrix(List<Judged> mutants, List<Outcome> unmutated) {

    private static final String FORMAT = "%-32s%8s%9s%7s%5s%8s%6s%6s%7s%8s%12s%n";

    /** Of the mutants whose bug was executed, how many were found where it is, in percent. */
    double found() {
        return share(count(Judged::isFound));
    }

    /** The same without those that only an oops showed. */
    double foundByKasan() {
        return share(count(Judged::isFound) - count(Judged.Verdict.OOPS));
    }

    private double share(long some) {
        return 100.0 * some / Math.max(1, count(Judged::isExecuted));
    }

    /** Reports of unmutated programs, and of mutants that did nothing bad. */
    long falseReports() {
        long clean = unmutated.stream().filter(run -> !run.reports().isEmpty()).count();
        return clean + count(Judged.Verdict.UNPREDICTED);
    }

    private long count(Predicate<Judged> which) {
        return mutants.stream().filter(which).count();
    }

    private long count(Judged.Verdict verdict) {
        return count(m -> m.verdict() == verdict);
    }

    String text() {
        StringBuilder out = new StringBuilder();
        out.append(
                row(
                        "planted bug",
                        "mutants",
                        "executed",
                        "java",
                        "mmu",
                        "kasan",
                        "leak",
                        "oops",
                        "other",
                        "missed",
                        "unpredicted"));
        for (Operator operator : Operator.values()) {
            out.append(row(operator.text(), of(operator)));
        }
        out.append(row("all", mutants));
        mutants.stream()
                .filter(m -> m.isExecuted() || m.verdict() == Judged.Verdict.UNPREDICTED)
                .filter(m -> !m.isFound() || m.verdict() == Judged.Verdict.OOPS)
                .forEach(m -> out.append(m).append('\n'));
        out.append(
                String.format(
                        Locale.ROOT,
                        "%.1f %% of the %d bugs that were executed were found where they are:"
                                + " %d reported by KASAN, %d left over in the leak check,"
                                + " %d stopped there by an oops (%.1f %% without these);"
                                + " %d false reports%n",
                        found(),
                        count(Judged::isExecuted),
                        count(Judged.Verdict.REPORTED),
                        count(Judged.Verdict.LEAK),
                        count(Judged.Verdict.OOPS),
                        foundByKasan(),
                        falseReports()));
        return out.toString();
    }

    private List<Judged> of(Operator operator) {
        return mutants.stream().filter(m -> m.mutant().mutation().operator() == operator).toList();
    }

    private static String row(String name, List<Judged> some) {
        List<Judged> executed = some.stream().filter(Judged::isExecuted).toList();
        List<Object> cells = new ArrayList<>();
        cells.add(some.size());
        cells.add(executed.size());
        cells.add(ended(executed, Outcome.End.WRONG) + ended(executed, Outcome.End.ENDLESS));
        cells.add(ended(executed, Outcome.End.OOPS));
        for (Judged.Verdict verdict :
                List.of(
                        Judged.Verdict.REPORTED,
                        Judged.Verdict.LEAK,
                        Judged.Verdict.OOPS,
                        Judged.Verdict.ELSEWHERE,
                        Judged.Verdict.MISSED,
                        Judged.Verdict.UNPREDICTED)) {
            cells.add(some.stream().filter(m -> m.verdict() == verdict).count());
        }
        return row(name, cells.toArray());
    }

    private static long ended(List<Judged> some, Outcome.End end) {
        return some.stream().filter(m -> m.plain().end() == end).count();
    }

    private static String row(String name, Object... cells) {
        List<Object> all = new ArrayList<>(List.of(name));
        all.addAll(List.of(cells));
        return String.format(Locale.ROOT, FORMAT, all.toArray());
    }
}
