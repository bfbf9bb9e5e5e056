package org.jkasan.kernel;

import java.io.PrintStream;
import java.util.function.Consumer;
import org.jkasan.mm.KernelLog;
import org.jkasan.report.Task;
import org.jkasan.report.Track;

/**
 * The kernel's log: lines of text to a sink, without time stamps. A message of several lines goes
 * out in one piece.
 */
public final class Printk implements KernelLog {

    private static final String CUT_HERE = "------------[ cut here ]------------";
    private static final String END = "---[ end trace 0000000000000000 ]---";

    private final Consumer<String> sink;

    /** A log whose sink gets one line at a time, never from two threads at once. */
    public Printk(Consumer<String> sink) {
        this.sink = sink;
    }

    /** A log that writes to standard error as it is at each line. */
    public static Printk stderr() {
        return new Printk(line -> err().println(line));
    }

    private static PrintStream err() {
        return System.err;
    }

    @Override
    public synchronized void print(String line) {
        sink.accept(line);
    }

    @Override
    public synchronized void warn(String message) {
        Track track = Track.here();
        Task task = track.task();
        sink.accept(CUT_HERE);
        sink.accept(message);
        sink.accept("WARNING: PID: " + task.pid() + " Comm: " + task.comm());
        sink.accept("Call Trace:");
        for (StackTraceElement frame : track.frames()) {
            sink.accept(" " + frame);
        }
        sink.accept(END);
    }
}
