package org.jkasan.samples;

import java.io.PrintStream;
import java.util.List;

/** A program that shows what the sanitizer finds; run as {@code java -jar samples.jar NAME ...}. */
public interface Sample {

    /** The exit status of a run that did what it was asked to. */
    int DONE = 0;

    /** The exit status of a run whose input was bad. */
    int FAILED = 1;

    /** The exit status of a command line that makes no sense. */
    int USAGE = 2;

    /** The name on the command line. */
    String name();

    /** The arguments that follow the name, as a usage line shows them. */
    String arguments();

    /** What it does, in one line. */
    String summary();

    /**
     * Runs the sample. Bad input is one sentence on {@code err}, never an exception.
     *
     * @return the exit status
     */
    int run(List<String> arguments, PrintStream out, PrintStream err);
}
