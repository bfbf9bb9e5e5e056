package org.jkasan.report;

import java.nio.file.Path;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionException;

/** Where reports go. Implementations never throw: the program under test goes on. */
public interface ReportSink {

    /** Writes one whole text, which ends with a line feed, in one piece. */
    void write(String text);

    /** Writes a report, which is given as data and as such a text. */
    default void report(ReportInfo info, String text) {
        write(text);
    }

    /**
     * The sink that {@code kasan.log} asks for, its file or, by default, stderr, and that of {@code
     * kasan.report_json} beside it.
     *
     * @throws OptionException if a file cannot be opened, or is to be both
     */
    static ReportSink of(KasanConfig config) {
        if (config.reportJson().isPresent() && config.reportJson().equals(config.log())) {
            throw new OptionException(
                    "kasan.report_json",
                    "Option kasan.report_json names the file of kasan.log, "
                            + config.reportJson().get()
                            + "; give the lines of JSON a file of their own.");
        }
        ReportSink text = config.log().isPresent() ? file(config.log().get()) : stderr();
        return config.reportJson().isPresent()
                ? new JsonSink(
                        text,
                        FileSink.open("kasan.report_json", config.reportJson().get(), stderr()))
                : text;
    }

    /** The process's stderr, whatever {@code System.err} was set to. */
    static ReportSink stderr() {
        return StderrSink.INSTANCE;
    }

    /**
     * A file to append to. A new one can be read by its owner alone; a symbolic link, and whatever
     * else is not a regular file, is refused.
     *
     * @throws OptionException if the file cannot be opened
     */
    static ReportSink file(Path path) {
        return FileSink.open("kasan.log", path, stderr());
    }
}
