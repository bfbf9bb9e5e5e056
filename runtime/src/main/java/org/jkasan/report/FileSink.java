package org.jkasan.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jkasan.config.OptionException;

/**
 * A file to append to. Reports show memory contents' layout and paths of the program, so a new file
 * is its owner's alone, and a link that somebody left in a shared directory is not followed.
 */
final class FileSink implements ReportSink {

    private final Path path;
    private final OutputStream stream;
    private final ReportSink fallback;
    private boolean failed;

    private FileSink(Path path, OutputStream stream, ReportSink fallback) {
        this.path = path;
        this.stream = stream;
        this.fallback = fallback;
    }

    /**
     * Opens or creates the file.
     *
     * @param key the option that names it
     * @param fallback where texts go once the file cannot be written any more
     */
    static FileSink open(String key, Path path, ReportSink fallback) {
        try {
            create(path);
            refuseUnlessRegular(key, path);
            return unchecked(path, fallback);
        } catch (NoSuchFileException missing) {
            throw refusal(key, path, "its directory does not exist");
        } catch (IOException e) {
            throw refusal(key, path, reason(e));
        }
    }

    /** Opens what exists; a link is still refused, whoever put it there meanwhile. */
    static FileSink unchecked(Path path, ReportSink fallback) throws IOException {
        // Not a FileChannel: an interrupt of the reporting thread would close that for good.
        OutputStream stream =
                Files.newOutputStream(path, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        return new FileSink(path, stream, fallback);
    }

    private static void create(Path path) throws IOException {
        try {
            Files.newByteChannel(
                            path,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))
                    .close();
        } catch (FileAlreadyExistsException exists) {
            return; // Appended to, with the permissions that it has.
        }
    }

    private static void refuseUnlessRegular(String key, Path path) {
        if (Files.isSymbolicLink(path)) {
            throw refusal(key, path, "it is a symbolic link");
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refusal(key, path, "it is not a regular file");
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException
                ? "permission is denied"
                : "the host says: " + e.getMessage();
    }

    private static OptionException refusal(String key, Path path, String reason) {
        return new OptionException(
                key,
                "Cannot write reports to "
                        + path
                        + ": "
                        + reason
                        + "; "
                        + key
                        + " takes a regular file, new or old, in a directory that you may write.");
    }

    @Override
    public synchronized void write(String text) {
        if (!failed) {
            try {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
                return;
            } catch (IOException e) {
                failed = true;
                fallback.write(
                        "KASAN: cannot write to "
                                + path
                                + " any more ("
                                + e.getMessage()
                                + "); what follows goes here.\n");
            }
        }
        fallback.write(text);
    }
}
