package org.jkasan.samples.modload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The comment in the sources that marks where a bug's bad access stands, so that no test holds line
 * numbers.
 *
 * @param file the source file's name
 * @param line its line, from 1
 */
record Marker(String file, int line) {

    private static final Path SOURCES = Path.of("src/main/java/org/jkasan/samples/modload");

    /** The only place that is marked with a bug's name. */
    static Marker of(Bug bug) {
        String comment = "// BUG: " + bug.key();
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Marker> found = files.flatMap(file -> in(file, comment)).toList();
            if (found.size() != 1) {
                throw new IllegalStateException(comment + " stands at " + found);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Marker> in(Path file, String comment) {
        try {
            List<String> lines = Files.readAllLines(file);
            return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                    .filter(i -> lines.get(i).endsWith(comment))
                    .map(i -> new Marker(file.getFileName().toString(), i + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a stack frame shows it. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
