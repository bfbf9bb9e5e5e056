package org.jkasan.bench.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How long a thread was ready to run and had no processor: /proc/pid/task/tid/schedstat. Always 0
 * on a host that does not tell.
 */
final class RunDelay implements AutoCloseable {

    private final FileChannel schedstat;
    private final ByteBuffer text = ByteBuffer.allocateDirect(128);
    private long nanos;

    private RunDelay(FileChannel schedstat) {
        this.schedstat = schedstat;
    }

    /** That of the thread that calls this; any one thread at a time may ask for it then. */
    static RunDelay ofThisThread() {
        try {
            return new RunDelay(FileChannel.open(Path.of("/proc/thread-self/schedstat")));
        } catch (IOException notLinux) {
            return new RunDelay(null);
        }
    }

    /** Nanoseconds so far. */
    long nanos() {
        if (schedstat != null) {
            try {
                text.clear();
                schedstat.read(text, 0);
                text.flip();
                nanos =
                        Long.parseLong(
                                StandardCharsets.US_ASCII.decode(text).toString().split(" ")[1]);
            } catch (IOException ended) {
                // The thread is gone, and waits for nothing any more.
            }
        }
        return nanos;
    }

    @Override
    public void close() {
        try {
            if (schedstat != null) {
                schedstat.close();
            }
        } catch (IOException e) {
            // It was only read.
        }
    }
}
