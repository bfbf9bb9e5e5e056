package org.jkasan.samples.modload;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param file the file to load
 * @param bug the mistake to make
 * @param listBugs whether to list the mistakes instead
 */
record Options(Path file, Bug bug, boolean listBugs) {

    static final String ARGUMENTS = "[FILE] [bug=NAME|bug=list]";

    private static final String BUG = "bug=";

    static Options parse(List<String> arguments) throws UsageException {
        Path file = null;
        String bug = null;
        for (String argument : arguments) {
            if (argument.startsWith(BUG)) {
                if (bug != null) {
                    throw new UsageException("more than one bug= given, expected at most one");
                }
                bug = argument.substring(BUG.length());
            } else if (file != null) {
                throw new UsageException(
                        "more than one file given (%s and %s), expected %s"
                                .formatted(file, argument, ARGUMENTS));
            } else {
                file = path(argument);
            }
        }
        boolean list = "list".equals(bug);
        return new Options(
                file == null ? runningJvm() : file,
                bug == null || list ? Bug.NONE : bug(bug),
                list);
    }

    /** The library that the running JVM itself was loaded from. */
    static Path runningJvm() {
        return Path.of(
                System.getProperty("java.home"), "lib", "server", System.mapLibraryName("jvm"));
    }

    private static Path path(String argument) throws UsageException {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "\"%s\" is no file name here: %s".formatted(argument, e.getReason()));
        }
    }

    private static Bug bug(String key) throws UsageException {
        return Bug.of(key)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "unknown bug \"%s\", expected one of %s"
                                                .formatted(key, keys())));
    }

    private static String keys() {
        return Bug.all().stream().map(Bug::key).collect(Collectors.joining(", "));
    }
}
