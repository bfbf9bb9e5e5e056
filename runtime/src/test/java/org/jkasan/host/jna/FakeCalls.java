package org.jkasan.host.jna;

import java.util.ArrayList;
import java.util.List;

/** Memory calls that only keep books: where the fake host maps, and what it was asked. */
class FakeCalls implements MemoryCalls {

    static final int PAGE = 4096;

    final List<String> log = new ArrayList<>();

    /** Where the host maps if it does not take the hint. */
    long place;

    /** The lowest hint that the host takes; higher ones are occupied. */
    long hintsBelow;

    int errno;
    boolean refuses;
    boolean refusesLength;

    @Override
    public long map(long address, long length, int protection, int flags) {
        log.add("map " + hex(address) + " " + hex(length) + " " + protection + " " + hex(flags));
        if (refuses) {
            return FAILED;
        }
        return address != 0 && address < hintsBelow ? address : place;
    }

    @Override
    public long mapFile(
            long address, long length, int protection, int flags, int descriptor, long offset) {
        log.add(
                "map "
                        + hex(address)
                        + " "
                        + hex(length)
                        + " "
                        + protection
                        + " "
                        + hex(flags)
                        + " of "
                        + descriptor
                        + " from "
                        + hex(offset));
        return refuses ? FAILED : address;
    }

    @Override
    public int memoryFile(String name) {
        log.add("memory file");
        return refuses ? -1 : 5;
    }

    @Override
    public int openFile(String path) {
        log.add("open");
        return refuses ? -1 : 6;
    }

    @Override
    public int truncateFile(int descriptor, long length) {
        log.add("truncate " + descriptor + " " + hex(length));
        return refusesLength ? -1 : 0;
    }

    @Override
    public int closeFile(int descriptor) {
        log.add("close " + descriptor);
        return 0;
    }

    @Override
    public int unmap(long address, long length) {
        log.add("unmap " + hex(address) + " " + hex(length));
        return refuses ? -1 : 0;
    }

    @Override
    public int advise(long address, long length, int advice) {
        log.add("advise " + hex(address) + " " + hex(length) + " " + advice);
        return refuses ? -1 : 0;
    }

    @Override
    public int inCore(long address, long length, byte[] pages) {
        return refuses ? -1 : 0;
    }

    @Override
    public int pageSize() {
        return PAGE;
    }

    @Override
    public int lastError() {
        return errno;
    }

    private static String hex(long value) {
        return Long.toHexString(value);
    }
}
