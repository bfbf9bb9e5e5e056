package org.jkasan.samples.modload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to load: so many bytes, and where they come from.
 *
 * @param size bytes to read
 * @param content at least as many bytes
 */
record ModuleFile(long size, InputStream content) implements AutoCloseable {

    /** The largest file that is loaded: every offset in it fits in an int. */
    static final long LARGEST = 1L << 30;

    static ModuleFile open(Path path) throws BadModuleException {
        if (Files.isDirectory(path)) {
            throw new BadModuleException("is a directory, expected an ELF file");
        }
        if (!Files.exists(path)) {
            throw new BadModuleException("no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new BadModuleException("is no regular file, expected an ELF file");
        }
        try {
            return new ModuleFile(Files.size(path), Files.newInputStream(path));
        } catch (AccessDeniedException e) {
            throw new BadModuleException("permission to read it is denied");
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static BadModuleException unreadable(IOException e) {
        return new BadModuleException("cannot be read: " + e.getMessage());
    }

    @Override
    public void close() throws BadModuleException {
        try {
            content.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
