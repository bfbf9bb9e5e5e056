package org.jkasan.samples.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * An installed Java that this project runs on.
 *
 * @param home its real directory
 * @param feature its feature release: 17, 25
 * @param version its full version, as its {@code release} file says
 */
public record Jdk(Path home, int feature, String version) {

    /** The oldest feature release that the agent runs on. */
    public static final int OLDEST = 17;

    /** The launcher. */
    public Path java() {
        return home.resolve("bin").resolve("java");
    }

    /** What a directory holds: the Java in it, or empty where there is none, or one too old. */
    static Optional<Jdk> at(Path directory) {
        Path release = directory.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(directory.resolve("bin/java"))) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            facts.load(reader);
            String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
            int feature = feature(version);
            return feature < OLDEST
                    ? Optional.empty()
                    : Optional.of(new Jdk(directory.toRealPath(), feature, version));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** 0 where the version is none that a JDK since 9 carries. */
    private static int feature(String version) {
        try {
            return Runtime.Version.parse(version).feature();
        } catch (IllegalArgumentException malformed) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }
}
