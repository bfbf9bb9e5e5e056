package org.jkasan.samples.launch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM to run as a child process: which Java, its options, the agent, and the program. A builder
 * for one thread; {@link #run} and {@link #start} may be called any number of times.
 */
public final class ChildJvm {

    /** The variables that would add options, and a line on stderr, to every child. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Jdk jdk;
    private final List<String> options = new ArrayList<>();
    private final List<String> program = new ArrayList<>();
    private Duration patience = Duration.ofMinutes(3);
    private Path directory = Path.of("").toAbsolutePath();
    private long addressSpaceKib;

    private ChildJvm(Jdk jdk) {
        this.jdk = jdk;
    }

    /** A child on a JDK, so far without options and program. */
    public static ChildJvm on(Jdk jdk) {
        return new ChildJvm(jdk);
    }

    /** Adds options of the JVM. */
    public ChildJvm options(String... more) {
        options.addAll(Arrays.asList(more));
        return this;
    }

    /** Attaches an agent with arguments {@code key=value}. */
    public ChildJvm agent(Path jar, String... arguments) {
        String tail = arguments.length == 0 ? "" : "=" + String.join(",", arguments);
        return options("-javaagent:" + jar + tail);
    }

    /** Runs a main class from a class path. */
    public ChildJvm main(List<Path> classPath, String mainClass, String... arguments) {
        program.clear();
        program.add("-cp");
        program.add(
                String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        program.add(mainClass);
        program.addAll(Arrays.asList(arguments));
        return this;
    }

    /** Runs an executable jar. */
    public ChildJvm jar(Path jar, String... arguments) {
        program.clear();
        program.add("-jar");
        program.add(jar.toString());
        program.addAll(Arrays.asList(arguments));
        return this;
    }

    /** Limits the child's address space, in KiB, as {@code ulimit -v} does. */
    public ChildJvm addressSpace(long kib) {
        addressSpaceKib = kib;
        return this;
    }

    /** Starts the child in a directory other than the current one. */
    public ChildJvm directory(Path path) {
        directory = path;
        return this;
    }

    /** Waits longer or shorter than three minutes. */
    public ChildJvm patience(Duration longest) {
        patience = longest;
        return this;
    }

    /** The command line, as {@link #run} starts it. */
    public List<String> command() {
        List<String> command = new ArrayList<>();
        if (addressSpaceKib != 0) {
            String limit = "ulimit -v " + addressSpaceKib + " && exec \"$@\"";
            command.addAll(List.of("sh", "-c", limit, "sh"));
        }
        command.add(jdk.java().toString());
        command.addAll(options);
        command.addAll(program);
        return command;
    }

    /**
     * Runs the child to its end.
     *
     * @throws IllegalStateException where it does not end in time; the child is killed then, and
     *     the message has what it wrote
     */
    public JvmResult run() {
        try {
            Path out = Files.createTempFile("child", ".out");
            Path err = Files.createTempFile("child", ".err");
            try {
                return run(out, err);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a child JVM ran", e);
        }
    }

    /** Starts the child to talk to it. */
    public LiveJvm start() {
        try {
            return new LiveJvm(builder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command()).directory(directory.toFile());
        builder.environment().keySet().removeAll(OPTION_VARIABLES);
        return builder;
    }

    private JvmResult run(Path out, Path err) throws IOException, InterruptedException {
        Process process =
                builder().redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException(
                        "Killed after " + patience + ": " + command() + "\n" + read(out, err, -1));
            }
            return read(out, err, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static JvmResult read(Path out, Path err, int status) throws IOException {
        return new JvmResult(status, Files.readString(out), Files.readString(err));
    }
}
