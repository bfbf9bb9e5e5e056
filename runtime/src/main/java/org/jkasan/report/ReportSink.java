package org.jkasan.report;

import java.nio.file.Path;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionException;

/** Where reports go. Implementations never throw: the program under test goes on. */
public interface ReportSink {

    /** Writes one whole text, which ends with a line feed, in one piece. */
    void write(String text);

    /**
     * The sink that {@code kasan.log} asks for: its file or, by default, stderr.
     *
     * @throws OptionException if the file cannot be opened
     */
    static ReportSink of(KasanConfig config) {
        return config.log().map(ReportSink::file).orElseGet(ReportSink::stderr);
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
        return FileSink.open(path, stderr());
    }
}
