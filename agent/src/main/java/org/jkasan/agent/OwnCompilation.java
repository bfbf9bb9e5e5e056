package org.jkasan.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What HotSpot is told about compiling the agent's own code: not with C2.
 *
 * <p>The rewriting is hot while a program loads its classes, and never again. C2 takes longer over
 * it than the program gains, most of all over ASM's reading of code; C1's code will do. The order
 * is a compiler directive, as {@code jcmd Compiler.directives_add} gives it. Its pattern matches
 * the agent's classes and no others, so what a user orders for others holds.
 *
 * <p>The order costs some milliseconds itself, so it is given when the program has loaded some
 * code, and by a thread that holds none of its loaders' locks. A detach leaves it: what HotSpot can
 * be told to drop is the latest order, which may be somebody else's by then.
 */
final class OwnCompilation implements Runnable {

    /**
     * Bytes of class files. One class may be enough for the agent's largest methods to be hot, and
     * C2 takes 0.15 s over what walks through loops; an empty main is smaller.
     */
    private static final int BYTES = 8 << 10;

    private static final String DIRECTIVE =
            "[{ match: \"org/jkasan/agent/*.*\", c2: { Exclude: true } }]";

    private final Instrumentation instrumentation;
    private final AtomicLong loaded = new AtomicLong();

    OwnCompilation(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Counts a class that the program loads, whose class file has so many bytes. */
    void classLoaded(int size) {
        long now = loaded.addAndGet(size);
        if (now >= BYTES && now - size < BYTES) {
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
