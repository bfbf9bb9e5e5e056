package org.jkasan.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What HotSpot is told about compiling the agent's own code: not with C2.
 *
 * <p>The rewriting is hot while a program loads its classes, and never again. C2 takes longer over
 * it than the program gains, most of all over ASM's reading of code; C1's code will do. The order
 * is a compiler directive, as {@code jcmd Compiler.directives_add} gives it. Its pattern matches
 * the agent's classes and no others, so what a user orders for others holds.
 *
 * <p>The order costs some milliseconds itself, so it is given when the program has loaded some
 * classes, and by a thread that holds none of their loaders' locks. A detach leaves it: what
 * HotSpot can be told to drop is the latest order, which may be somebody else's by then.
 */
final class OwnCompilation implements Runnable {

    /** After so many classes the agent's first large methods are about to be hot enough for C2. */
    private static final int CLASSES = 20;

    private static final String DIRECTIVE =
            "[{ match: \"org/jkasan/agent/*.*\", c2: { Exclude: true } }]";

    private final Instrumentation instrumentation;
    private final AtomicInteger classes = new AtomicInteger();

    OwnCompilation(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Counts a class that the program loads. */
    void classLoaded() {
        if (classes.incrementAndGet() == CLASSES) {
            Thread thread = new Thread(null, this, "jkasan compilation", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }
    }

    /**
     * Gives the order. Where there is no way to, everything works as well and takes more CPU time.
     */
    @Override
    public void run() {
        try {
            DiagnosticCommands commands = DiagnosticCommands.of(instrumentation);
            if (commands != null && hasC1(commands.execute("VM.flags"))) {
                Path file = Files.createTempFile("jkasan", ".json");
                try {
                    Files.writeString(file, DIRECTIVE);
                    commands.execute("Compiler.directives_add " + file);
                } finally {
                    Files.delete(file);
                }
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException other) {
            return; // Another JVM, or nowhere to write.
        }
    }

    /** Whether there is another compiler; without one the agent would be interpreted for good. */
    private static boolean hasC1(String flags) {
        return !flags.contains("-XX:-TieredCompilation")
                && !flags.contains("-XX:CompilationMode=high-only");
    }
}
