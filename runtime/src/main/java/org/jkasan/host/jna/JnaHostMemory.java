package org.jkasan.host.jna;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jkasan.host.HostAddresses;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.HostSystem;
import org.jkasan.host.MemoryFile;

/** The host's virtual memory over JNA: mmap, munmap, madvise and mincore of the C library. */
public final class JnaHostMemory implements HostMemory {

    /** How far apart the places are that are tried where the host would rather reserve higher. */
    private static final long HINT_STEP = 1L << 40;

    /** Pages asked of mincore at once. */
    private static final int RESIDENCY_CHUNK = 1 << 16;

    private final HostSystem system;
    private final MemoryCalls calls;
    private final Refusals refusals;
    private final int pageSize;

    /**
     * The memory of this process.
     *
     * @throws HostMemoryException in one sentence if the platform is not supported or JNA does not
     *     work
     */
    public JnaHostMemory() {
        this(HostSystem.running(), LibC.bind(), Refusals.ofThisProcess());
    }

    JnaHostMemory(HostSystem system, MemoryCalls calls, Refusals refusals) {
        this.system = system;
        this.calls = calls;
        this.refusals = refusals;
        this.pageSize = calls.pageSize();
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public long reserve(long bytes, long alignment, String purpose) {
        checkPages("Length", bytes);
        checkPages("Alignment", alignment);
        if (Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException(
                    "Alignment " + alignment + " is not a power of two.");
        }
        if (bytes > HostAddresses.LIMIT || alignment > HostAddresses.LIMIT) {
            throw refusals.tooHigh(bytes, purpose);
        }
        long length = bytes + alignment - pageSize;
        long start = map(0, length, bytes, purpose);
        if (!isLow(start, length)) {
            unmap(start, length);
            start = mapLow(length, bytes, purpose);
        }
        long aligned = start + alignment - 1 & -alignment;
        unmap(start, aligned - start);
        unmap(aligned + bytes, start + length - (aligned + bytes));
        refuseHugePages(aligned, bytes);
        return aligned;
    }

    /** One touched byte shall cost one page. Where huge pages do not exist this is an error. */
    private void refuseHugePages(long address, long bytes) {
        if (system == HostSystem.LINUX) {
            calls.advise(address, bytes, HostSystem.NO_HUGE_PAGES);
        }
    }

    /** On aarch64 the host reserves from 2^48 downwards, but takes a hint. */
    private long mapLow(long length, long bytes, String purpose) {
        for (long hint = HostAddresses.LIMIT - HINT_STEP; hint > 0; hint -= HINT_STEP) {
            if (isLow(hint, length)) {
                long start = map(hint, length, bytes, purpose);
                if (isLow(start, length)) {
                    return start;
                }
                unmap(start, length);
            }
        }
        throw refusals.tooHigh(bytes, purpose);
    }

    private static boolean isLow(long start, long length) {
        return start >= 0 && start <= HostAddresses.LIMIT - length;
    }

    private long map(long hint, long length, long bytes, String purpose) {
        long start = calls.map(hint, length, HostSystem.READ_WRITE, system.reserveFlags());
        if (start == MemoryCalls.FAILED) {
            throw refusals.reserve(bytes, purpose, calls.lastError());
        }
        return start;
    }

    private void unmap(long address, long bytes) {
        if (bytes != 0 && calls.unmap(address, bytes) != 0) {
            throw refusals.failed("munmap", address, bytes, calls.lastError());
        }
    }

    @Override
    public void release(long address, long bytes) {
        checkRange(address, bytes);
        unmap(address, bytes);
    }

    @Override
    public void discard(long address, long bytes) {
        checkRange(address, bytes);
        if (system == HostSystem.LINUX) {
            if (calls.advise(address, bytes, HostSystem.DONT_NEED) != 0) {
                throw refusals.failed("madvise", address, bytes, calls.lastError());
            }
        } else {
            replace(address, bytes);
        }
    }

    private void replace(long address, long bytes) {
        long mapped = calls.map(address, bytes, HostSystem.READ_WRITE, system.replaceFlags());
        if (mapped != address) {
            throw refusals.failed("mmap", address, bytes, calls.lastError());
        }
    }

    /** With the advice that its neighbours had, the host makes it one mapping with them. */
    @Override
    public void reset(long address, long bytes) {
        checkRange(address, bytes);
        replace(address, bytes);
        refuseHugePages(address, bytes);
    }

    @Override
    public MemoryFile file(long bytes, String purpose) {
        checkPages("Length", bytes);
        int descriptor = system == HostSystem.LINUX ? calls.memoryFile("jkasan") : temporaryFile();
        if (descriptor < 0) {
            throw refusals.file(bytes, purpose, calls.lastError());
        }
        if (calls.truncateFile(descriptor, bytes) != 0) {
            HostMemoryException refused = refusals.file(bytes, purpose, calls.lastError());
            calls.closeFile(descriptor);
            throw refused;
        }
        return new JnaMemoryFile(calls, refusals, descriptor);
    }

    /** A file that nobody else can open: macOS has no file of memory without a name. */
    private int temporaryFile() {
        try {
            Path path = Files.createTempFile("jkasan", null);
            try {
                return calls.openFile(path.toString());
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new HostMemoryException(
                    "No temporary file can be made for RAM ("
                            + e.getMessage()
                            + "); name a directory that can be written with -Djava.io.tmpdir=DIR.");
        }
    }

    @Override
    public long residentPages(long address, long bytes) {
        checkRange(address, bytes);
        long pages = bytes / pageSize;
        byte[] states = new byte[(int) Math.min(pages, RESIDENCY_CHUNK)];
        long resident = 0;
        for (long done = 0; done < pages; done += states.length) {
            int count = (int) Math.min(pages - done, states.length);
            long from = address + done * pageSize;
            long length = (long) count * pageSize;
            if (calls.inCore(from, length, states) != 0) {
                throw refusals.failed("mincore", from, length, calls.lastError());
            }
            for (int i = 0; i < count; i++) {
                resident += states[i] & 1;
            }
        }
        return resident;
    }

    @Override
    public ByteBuffer buffer(long address, int capacity) {
        return new Pointer(address).getByteBuffer(0, capacity);
    }

    private void checkRange(long address, long bytes) {
        checkPages("Length", bytes);
        if (address <= 0 || address % pageSize != 0) {
            throw new IllegalArgumentException(
                    "Address 0x"
                            + Long.toHexString(address)
                            + " is not the start of a page of "
                            + pageSize
                            + " bytes.");
        }
    }

    private void checkPages(String what, long bytes) {
        if (bytes <= 0 || bytes % pageSize != 0) {
            throw new IllegalArgumentException(
                    what
                            + " "
                            + bytes
                            + " is not a positive multiple of the host's page size, "
                            + pageSize
                            + ".");
        }
    }
}
