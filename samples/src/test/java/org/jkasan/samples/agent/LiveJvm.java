package org.jkasan.samples.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.JvmResult;

/** A child JVM with the program {@code Served}, which runs until this is closed. */
final class LiveJvm implements AutoCloseable {

    private static final String DONE = ".";

    private final Path err;
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private LiveJvm(Path err, Process process) {
        this.err = err;
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
    }

    /** Starts a child whose program this sets; it has come to wait for its first line. */
    static LiveJvm start(ChildJvm child) throws IOException {
        Path err = Files.createTempFile("live", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(UnderTest.program(child, List.of(), "Served").command())
                        .redirectError(err.toFile());
        LiveJvm jvm = new LiveJvm(err, builder.start());
        jvm.answer();
        return jvm;
    }

    String pid() {
        return String.valueOf(process.pid());
    }

    /** What the program prints in answer to a line. */
    List<String> tell(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        return answer();
    }

    private List<String> answer() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); !DONE.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("The program has ended: " + Files.readString(err));
            }
            lines.add(line);
        }
        return lines;
    }

    /** The titles of the reports so far. */
    List<String> titles() throws IOException {
        return UnderTest.titles(new JvmResult(0, "", Files.readString(err)));
    }

    /** What the child has written to standard error, but for HotSpot's own lines. */
    List<String> err() throws IOException {
        return UnderTest.err(new JvmResult(0, "", Files.readString(err))).stream()
                .filter(line -> !line.startsWith("WARNING: "))
                .toList();
    }

    /** Ends the program; its exit status. */
    int end() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The program does not end.");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(err);
    }
}
