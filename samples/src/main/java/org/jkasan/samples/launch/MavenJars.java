package org.jkasan.samples.launch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Jars of other projects by their Maven coordinates, as the {@code mvn} of this machine resolves
 * them: too large to be dependencies of this one, and only wanted where they are run.
 *
 * <p>Coordinates are {@code group:artifact:version[:classifier]}, and an exclamation mark behind
 * them leaves out what the artifact depends on.
 */
public final class MavenJars {

    private static final String GOAL =
            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";

    /** A first download of several hundred jars. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private MavenJars() {}

    /**
     * The jars of artifacts and of what they depend on, in the order of a class path. What the
     * local repository has is not asked of the network.
     *
     * @throws IllegalStateException in one sentence where Maven does not find them all
     */
    public static List<Path> resolve(List<String> coordinates) {
        try {
            Path directory = Files.createTempDirectory("jars");
            try {
                return resolve(coordinates, directory);
            } finally {
                for (File file : directory.toFile().listFiles()) {
                    Files.delete(file.toPath());
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> resolve(List<String> coordinates, Path directory) throws IOException {
        Files.writeString(directory.resolve("pom.xml"), pom(coordinates));
        Path log = directory.resolve("log");
        if (!maven(directory, log, "-o") && !maven(directory, log, "-U")) {
            throw new IllegalStateException(
                    "Maven does not resolve "
                            + String.join(", ", coordinates)
                            + " ("
                            + error(log)
                            + "); the first time this needs the network and a repository that has"
                            + " them.");
        }
        return Arrays.stream(
                        Files.readString(directory.resolve("paths"))
                                .strip()
                                .split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .toList();
    }

    private static boolean maven(Path directory, Path log, String mode) throws IOException {
        List<String> command =
                List.of(
                        "mvn",
                        "-B",
                        "-q",
                        mode,
                        "-f",
                        directory.resolve("pom.xml").toString(),
                        GOAL,
                        "-Dmdep.outputFile=" + directory.resolve("paths"));
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "There is no mvn on the PATH, by which jars are resolved; install Maven 3.8 or"
                            + " later.",
                    e);
        }
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Maven did not end within " + PATIENCE + ".");
            }
            return process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Maven ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String error(Path log) throws IOException {
        return Files.readString(log)
                .lines()
                .filter(line -> line.contains("ERROR"))
                .findFirst()
                .orElse("it says nothing");
    }

    static String pom(List<String> coordinates) {
        StringBuilder pom = new StringBuilder();
        pom.append("<project><modelVersion>4.0.0</modelVersion><groupId>jars</groupId>")
                .append("<artifactId>jars</artifactId><version>1</version>")
                .append("<packaging>pom</packaging><dependencies>");
        for (String each : coordinates) {
            boolean alone = each.endsWith("!");
            String[] parts = (alone ? each.substring(0, each.length() - 1) : each).split(":");
            if (parts.length < 3 || parts.length > 4) {
                throw new IllegalArgumentException(
                        "\""
                                + each
                                + "\" are no coordinates; expected is"
                                + " group:artifact:version[:classifier], perhaps with a ! behind.");
            }
            pom.append("<dependency><groupId>").append(parts[0]);
            pom.append("</groupId><artifactId>").append(parts[1]);
            pom.append("</artifactId><version>").append(parts[2]).append("</version>");
            if (parts.length == 4) {
                pom.append("<classifier>").append(parts[3]).append("</classifier>");
            }
            if (alone) {
                pom.append("<exclusions><exclusion><groupId>*</groupId>")
                        .append("<artifactId>*</artifactId></exclusion></exclusions>");
            }
            pom.append("</dependency>");
        }
        return pom.append("</dependencies></project>").toString();
    }
}
