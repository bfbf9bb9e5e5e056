package org.jkasan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The loops in C, built here by gcc, without and with {@code -fsanitize=address}. */
final class CLoops {

    /**
     * A loop is to stay one: gcc would make a call of memcpy of it, and Java's compiler does not.
     */
    private static final List<String> OPTIONS =
            List.of("-std=gnu11", "-O3", "-fno-tree-loop-distribute-patterns");

    private static final String SOURCE = "loops.c";
    private static final int MILLIS = 30;
    private static final int TURNS = 3;

    private final Map<Boolean, Path> programs = new TreeMap<>();

    /** The time of a loop with the sanitizer over the time without. */
    double ratio(String loop) {
        double[] ratios = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            double base = nanos(false, loop);
            ratios[i] = nanos(true, loop) / base;
        }
        return Estimate.median(ratios).value();
    }

    private double nanos(boolean sanitized, String loop) {
        Path program = programs.computeIfAbsent(sanitized, CLoops::build);
        return Double.parseDouble(run(List.of(program.toString(), loop, "" + MILLIS)));
    }

    private static Path build(boolean sanitized) {
        try {
            Path directory = Files.createTempDirectory("jkasan-bench");
            Path source = directory.resolve(SOURCE);
            try (InputStream in = CLoops.class.getResourceAsStream(SOURCE)) {
                Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
            }
            Path program = directory.resolve("loops");
            List<String> command = new ArrayList<>(List.of("gcc"));
            command.addAll(OPTIONS);
            if (sanitized) {
                command.add("-fsanitize=address");
            }
            command.addAll(List.of("-o", program.toString(), source.toString()));
            run(command);
            Files.delete(source);
            program.toFile().deleteOnExit();
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes()).strip();
            int status = process.waitFor();
            if (status != 0) {
                throw new MeasurementException(
                        command.get(0) + " ended with status " + status + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new MeasurementException(
                    "The C loops need gcc, which could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("Interrupted while a C loop ran.", e);
        }
    }
}
