package org.jkasan.samples.launch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The JDKs of this machine: the running one, those installed beside it, and those that the
 * environment variable {@code JKASAN_JDKS} names.
 */
public final class Jdks {

    /** Homes of further JDKs, separated as a class path is. */
    public static final String VARIABLE = "JKASAN_JDKS";

    /** Where systems install JDKs, for a running one that lies elsewhere. */
    private static final List<Path> USUAL =
            List.of(
                    Path.of("/usr/lib/jvm"),
                    Path.of("/usr/java"),
                    Path.of("/opt/java"),
                    Path.of("/Library/Java/JavaVirtualMachines"));

    private Jdks() {}

    /**
     * One JDK for each feature release from 17 on, and every one that {@code JKASAN_JDKS} names,
     * oldest first. The running JDK stands for its own release.
     *
     * @throws IllegalArgumentException where the variable names a directory that holds no JDK
     */
    public static List<Jdk> installed() {
        return find(Path.of(System.getProperty("java.home")), USUAL, System.getenv(VARIABLE));
    }

    /** The JDK that runs this code. */
    public static Jdk running() {
        Path home = Path.of(System.getProperty("java.home"));
        return Jdk.at(home)
                .orElseThrow(() -> new IllegalStateException("No release file in " + home));
    }

    static List<Jdk> find(Path running, List<Path> usual, String named) {
        Map<Integer, Jdk> byFeature = new LinkedHashMap<>();
        Jdk.at(running).ifPresent(jdk -> byFeature.put(jdk.feature(), jdk));
        for (Path parent : parents(running, usual)) {
            for (Path home : homes(parent)) {
                Jdk.at(home).ifPresent(jdk -> byFeature.putIfAbsent(jdk.feature(), jdk));
            }
        }
        Set<Jdk> all = new LinkedHashSet<>(byFeature.values());
        all.addAll(named(named));
        List<Jdk> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(Jdk::feature).thenComparing(Jdk::version));
        return List.copyOf(sorted);
    }

    private static Set<Path> parents(Path running, List<Path> usual) {
        Set<Path> parents = new LinkedHashSet<>();
        try {
            parents.add(installation(running).getParent());
            parents.add(installation(running.toRealPath()).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parents.addAll(usual);
        parents.remove(null);
        return parents;
    }

    /** The directory that is one installation; on macOS the home lies two levels down in it. */
    private static Path installation(Path home) {
        return home.endsWith("Contents/Home") ? home.getParent().getParent() : home;
    }

    private static Set<Path> homes(Path parent) {
        if (!Files.isDirectory(parent)) {
            return Collections.emptySet();
        }
        Set<Path> homes = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            for (Path child : children) {
                homes.add(child);
                homes.add(child.resolve("Contents/Home"));
            }
        } catch (IOException unreadable) {
            return Collections.emptySet();
        }
        return homes;
    }

    private static List<Jdk> named(String variable) {
        List<Jdk> jdks = new ArrayList<>();
        if (variable != null) {
            for (String home : variable.split(File.pathSeparator)) {
                if (!home.isBlank()) {
                    jdks.add(Jdk.at(Path.of(home)).orElseThrow(() -> none(home)));
                }
            }
        }
        return jdks;
    }

    private static IllegalArgumentException none(String home) {
        return new IllegalArgumentException(
                VARIABLE
                        + " names "
                        + home
                        + ", which holds no JDK of "
                        + Jdk.OLDEST
                        + " or later; name homes of JDKs, separated by '"
                        + File.pathSeparator
                        + "'");
    }
}
