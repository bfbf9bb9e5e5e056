package org.jkasan.host.jna;

import org.jkasan.host.HostSystem;
import org.jkasan.host.MemoryFile;

/** A memory file behind a file descriptor. */
final class JnaMemoryFile implements MemoryFile {

    private final MemoryCalls calls;
    private final Refusals refusals;
    private final int descriptor;
    private boolean closed;

    JnaMemoryFile(MemoryCalls calls, Refusals refusals, int descriptor) {
        this.calls = calls;
        this.refusals = refusals;
        this.descriptor = descriptor;
    }

    @Override
    public void map(long offset, long address, long bytes) {
        long mapped =
                calls.mapFile(
                        address,
                        bytes,
                        HostSystem.READ_WRITE,
                        HostSystem.SHARE_OVER,
                        descriptor,
                        offset);
        if (mapped != address) {
            throw refusals.failed("mmap", address, bytes, calls.lastError());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            calls.closeFile(descriptor);
        }
    }
}
