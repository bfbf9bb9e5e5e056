package org.jkasan.samples.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM that is talked to while it runs: a line to its standard input, a line from its
 * standard output. For one thread. It is killed when it is closed, if it has not ended by then.
 */
public final class LiveJvm implements AutoCloseable {

    private final Process process;
    private final Path err;
    private final PrintWriter to;
    private final BufferedReader from;

    LiveJvm(ProcessBuilder builder) throws IOException {
        err = Files.createTempFile("child", ".err");
        process = builder.redirectError(err.toFile()).start();
        to =
                new PrintWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8),
                        true);
        from =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Says a line. */
    public void say(String line) {
        to.println(line);
    }

    /**
     * Waits for a line.
     *
     * @throws IllegalStateException where the child ends instead; the message has what it wrote to
     *     standard error
     */
    public String hear() {
        try {
            String line = from.readLine();
            if (line == null) {
                throw new IllegalStateException("A child JVM ended unasked; it wrote:\n" + err());
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has written to standard error so far. */
    public String err() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits a moment for it to end by itself: its standard input is at its end now. */
    @Override
    public void close() {
        try {
            to.close();
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            delete(err);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
