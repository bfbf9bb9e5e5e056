package org.jkasan.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** The entry point of bench.jar: the project's scoreboard, or JMH with its own arguments. */
public final class Bench {

    private static final int USAGE_ERROR = 2;

    private Bench() {}

    /** Exit status 0, 1 where a goal is missed, 2 where the arguments are wrong. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        System.exit(run(List.of(args), System.out, System.err));
    }

    /** What {@link #main} does where it is not JMH's, and its exit status. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.isEmpty() || args.get(0).equals("--help")) {
            out.print(usage());
            return 0;
        }
        try {
            if (args.get(0).equals("mutants")) {
                return MutantRows.print(args.subList(1, args.size()), out);
            }
            if (!args.get(0).equals("goals")) {
                throw new UsageException(
                        "Unknown command \""
                                + args.get(0)
                                + "\"; known are goals, mutants and jmh.");
            }
            GoalsOptions options =
                    GoalsOptions.parse(args.subList(1, args.size()), Catalogue.areas());
            return Goals.of(options, err).run(out);
        } catch (UsageException e) {
            err.println(e.getMessage());
            return USAGE_ERROR;
        }
    }

    private static String usage() {
        return String.join(
                System.lineSeparator(),
                "usage: java -jar bench.jar goals [AREA] [--only=TEXT] [--quick | --smoke] [--jdk=N]"
                        + " [--pairs=N]",
                "       java -jar bench.jar mutants [--quick] [--jdk=N]",
                "       java -jar bench.jar jmh ARGS...",
                "",
                "goals   measures the goals of an area, or of all, and prints the scoreboard;",
                "        exit status 1 where a goal is missed",
                "mutants plants memory bugs into clean programs and prints which are found, and how;",
                "        exit status 1 where too few are, or where there is a false report",
                "jmh     hands its arguments to JMH (-h for its help)",
                "",
                "AREA    one of: " + String.join(", ", Catalogue.areas()),
                "--only=TEXT only rows with the text in their names",
                "--quick some minutes for an area; without it, enough to trust a ratio to 5 %",
                "--smoke shows that everything runs; the figures mean nothing",
                "--jdk=N only on the installed JDK of feature release N; without it, on all",
                "--pairs=N  pairs of JVMs that run each whole program; without it "
                        + Effort.FULL.programPairs().most()
                        + ", with --quick "
                        + Effort.QUICK.programPairs().most()
                        + ", or one of a long program",
                "",
                "The agent is the one of this build; -D"
                        + AgentJar.PROPERTY
                        + "=FILE names another.",
                "");
    }
}
