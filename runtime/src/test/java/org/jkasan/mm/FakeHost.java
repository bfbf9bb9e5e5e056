package org.jkasan.mm;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.MemoryFile;

/** The real host with larger pages, or without memory after some reservations or mappings. */
final class FakeHost implements HostMemory {

    private final HostMemory host = TestMachine.HOST;
    private final int pageSize;
    private int reservationsLeft;
    private int mappingsLeft = Integer.MAX_VALUE;
    private int mappings;
    private Runnable refusing = () -> {};
    private boolean refusesNextFile;
    private boolean refusesDiscards;
    private int resets;

    /** What is reserved and not released: their sum, bytes by the addresses of the calls. */
    private final Map<Long, Long> reserved = new HashMap<>();

    private FakeHost(int pageSize, int reservations) {
        this.pageSize = pageSize;
        this.reservationsLeft = reservations;
    }

    static FakeHost withPages(int bytes) {
        return new FakeHost(bytes, Integer.MAX_VALUE);
    }

    static FakeHost refusingAfter(int reservations) {
        return new FakeHost(TestMachine.HOST.pageSize(), reservations);
    }

    /** Bytes that were reserved and not given back. */
    long reservedBytes() {
        return reserved.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public long reserve(long bytes, long alignment, String purpose) {
        require(bytes, 0);
        if (reservationsLeft-- == 0) {
            throw new HostMemoryException("No memory for " + purpose + ".");
        }
        long start = host.reserve(bytes, alignment, purpose);
        reserved.merge(start, bytes, Long::sum);
        return start;
    }

    @Override
    public void release(long address, long bytes) {
        require(address, bytes);
        host.release(address, bytes);
        reserved.merge(address, -bytes, Long::sum);
    }

    @Override
    public void discard(long address, long bytes) {
        require(address, bytes);
        if (refusesDiscards) {
            throw new HostMemoryException("This memory stays.");
        }
        host.discard(address, bytes);
    }

    @Override
    public void reset(long address, long bytes) {
        require(address, bytes);
        takeMapping();
        resets++;
        host.reset(address, bytes);
    }

    @Override
    public MemoryFile file(long bytes, String purpose) {
        require(bytes, 0);
        if (refusesNextFile || reservationsLeft-- == 0) {
            refusesNextFile = false;
            throw new HostMemoryException("No memory for " + purpose + ".");
        }
        return new FakeFile(host.file(bytes, purpose));
    }

    /** Makes no file the next time that one is asked for. */
    void refuseNextFile() {
        refusesNextFile = true;
    }

    /** Takes no memory back from now on, or again. */
    void refuseDiscards(boolean refuses) {
        refusesDiscards = refuses;
    }

    /** Lets so many parts of files be mapped, or ranges be reset, and no more. */
    void allowMappings(int count) {
        mappingsLeft = count;
    }

    /** Runs something whenever a mapping is about to be refused. */
    void whenRefusing(Runnable action) {
        refusing = action;
    }

    /** How often a part of a file was mapped. */
    int mappings() {
        return mappings;
    }

    /** How often a range was reset. */
    int resets() {
        return resets;
    }

    private void takeMapping() {
        if (mappingsLeft == 0) {
            refusing.run();
            throw new HostMemoryException("No more mappings.");
        }
        mappingsLeft--;
    }

    private final class FakeFile implements MemoryFile {

        private final MemoryFile file;

        FakeFile(MemoryFile file) {
            this.file = file;
        }

        @Override
        public void map(long offset, long address, long bytes) {
            require(address, bytes);
            require(offset, 0);
            takeMapping();
            mappings++;
            file.map(offset, address, bytes);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    @Override
    public long residentPages(long address, long bytes) {
        return host.residentPages(address, bytes);
    }

    @Override
    public ByteBuffer buffer(long address, int capacity) {
        return host.buffer(address, capacity);
    }

    private void require(long address, long bytes) {
        if (address % pageSize != 0 || bytes % pageSize != 0) {
            throw new IllegalArgumentException("Not whole pages: " + address + ", " + bytes);
        }
    }
}
