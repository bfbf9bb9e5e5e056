package org.jkasan.host.jna;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import org.jkasan.host.HostMemoryException;

/** The C library's calls for files, bound when the first file is made. */
final class FileCalls {

    private static final int CLOSE_ON_EXEC = 1;
    private static final int READ_WRITE = 2;

    private FileCalls() {}

    /** memfd_create of Linux: a descriptor or -1. */
    static int memory(String name) {
        try {
            return Linux.memory(name);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new HostMemoryException(
                    "The host's C library has no memfd_create, by which RAM is made; use glibc"
                            + " 2.27, musl 1.1.20 or a newer one.");
        }
    }

    /** open for reading and writing: a descriptor or -1. */
    static int open(String path) {
        return Posix.open(path, READ_WRITE);
    }

    static int truncate(int descriptor, long length) {
        return Posix.ftruncate(descriptor, length);
    }

    static int close(int descriptor) {
        return Posix.close(descriptor);
    }

    /** What Linux alone has. */
    private static final class Linux {

        static {
            Native.register(Linux.class, NativeLibrary.getInstance("c"));
        }

        private Linux() {}

        static int memory(String name) {
            return memfd_create(name, CLOSE_ON_EXEC);
        }

        @SuppressWarnings("checkstyle:MethodName") // its name in the C library
        static native int memfd_create(String name, int flags);
    }

    /** What all have. */
    private static final class Posix {

        static {
            Native.register(Posix.class, NativeLibrary.getInstance("c"));
        }

        private Posix() {}

        static native int open(String path, int flags);

        static native int ftruncate(int descriptor, long length);

        static native int close(int descriptor);
    }
}
