package org.jkasan.samples.agent.program;

import java.util.Locale;

/** What came of rewriting a number of classes, as a row of a table. */
final class CorpusCount {

    static final String HEAD = "| classes | rewritten | checks | too large | growth | by the JVM |";

    private int classes;
    private int rewritten;
    private long checks;
    private int tooLarge;
    private long before;
    private long after;
    private int byJvm;

    /** A class and what became of it, or null. */
    void add(byte[] original, PackagedRewriter.Rewritten result) {
        classes++;
        before += original.length;
        after += result == null ? original.length : result.classFile().length;
        if (result != null) {
            rewritten++;
            checks += result.checks();
            tooLarge += result.uncheckedMethods();
        }
    }

    /** A rewritten class was verified by the JVM, not by ASM alone. */
    void verifiedByJvm() {
        byJvm++;
    }

    void add(CorpusCount other) {
        classes += other.classes;
        rewritten += other.rewritten;
        checks += other.checks;
        tooLarge += other.tooLarge;
        before += other.before;
        after += other.after;
        byJvm += other.byJvm;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %d | %d | %.3f | %d |",
                classes,
                rewritten,
                checks,
                tooLarge,
                before == 0 ? 1 : (double) after / before,
                byJvm);
    }
}
