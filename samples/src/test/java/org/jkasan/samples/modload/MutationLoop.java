package org.jkasan.samples.modload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.kernel.Kernel;

/**
 * Loads spoiled copies of real files, over and over in one kernel: every load succeeds or is
 * refused in one sentence. Its main runs in a child JVM under the agent.
 */
final class MutationLoop implements AutoCloseable {

    private final Kernel kernel = Kernel.boot();
    private final List<byte[]> corpus = new ArrayList<>();
    private int loaded;
    private int refused;

    /** A loop over the files made by hand, and some that the running JVM brings. */
    MutationLoop() throws IOException {
        corpus.add(SmallElf.shared());
        corpus.add(SmallElf.sharedAarch64());
        corpus.add(SmallElf.object());
        for (String name : List.of("rmi", "jimage")) {
            Path library =
                    Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName(name));
            if (Files.exists(library)) {
                corpus.add(Files.readAllBytes(library));
            }
        }
    }

    /** Arguments: the first seed, and how many. */
    public static void main(String[] arguments) throws Exception {
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        try (MutationLoop loop = new MutationLoop()) {
            for (long seed = first; seed < first + count; seed++) {
                loop.load(seed);
            }
            System.out.println("loaded " + loop.loaded + ", refused " + loop.refused);
        }
    }

    /** Loads the file that a seed stands for; any exception is a failure. */
    void load(long seed) {
        byte[] original = corpus.get((int) Math.floorMod(seed, (long) corpus.size()));
        byte[] file = new Mutator(seed).mutate(original);
        ModuleFile source = new ModuleFile(file.length, new ByteArrayInputStream(file));
        try {
            new Loader(kernel.vmalloc(), kernel.memory(), Bug.NONE).load("spoiled", source);
            loaded++;
        } catch (BadModuleException e) {
            refused++;
            if (e.getMessage().isBlank() || e.getMessage().contains("\n")) {
                throw new IllegalStateException("No sentence for seed " + seed, e);
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException("Seed " + seed, e);
        }
    }

    @Override
    public void close() {
        kernel.close();
    }
}
