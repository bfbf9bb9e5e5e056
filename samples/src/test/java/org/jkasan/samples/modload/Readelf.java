package org.jkasan.samples.modload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The host's {@code readelf}, where there is one. */
final class Readelf {

    private Readelf() {}

    static boolean isInstalled() {
        try {
            return !run("--version").isEmpty();
        } catch (UncheckedIOException missing) {
            return false;
        }
    }

    /** The lines of the section header table. */
    static List<String> sections(Path file) {
        return run("-SW", file.toString()).stream()
                .filter(line -> line.matches(" +\\[ *\\d+] .*"))
                .toList();
    }

    /** The heading of each symbol table, in the order of their sections. */
    static List<String> symbolTables(Path file) {
        return run("-sW", "--dyn-syms", file.toString()).stream()
                .filter(line -> line.startsWith("Symbol table "))
                .toList();
    }

    /** The relocations of each type: name and how many. */
    static List<String> relocationTypes(Path file) {
        return run("-rW", file.toString()).stream()
                .map(line -> line.split(" +"))
                .filter(words -> words.length > 2 && words[2].startsWith("R_"))
                .map(words -> words[2])
                .toList();
    }

    private static List<String> run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("readelf"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            byte[] output = process.getInputStream().readAllBytes();
            process.waitFor();
            return new String(output, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
