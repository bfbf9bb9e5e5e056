package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jkasan.check.CheckedHelper;
import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;

/**
 * The memory of the process for which the kernel works, and the only ways in which the kernel may
 * touch it. The process sees a mapping through its buffer, the kernel through the functions here: a
 * load or a store at a user address is a bug, user-memory-access.
 *
 * <pre>
 * ByteBuffer process = kernel.user().map(0x7f0000000000L, 4096);
 * process.put(0, request);
 * long notCopied = kernel.user().copyFromUser(buffer, 0x7f0000000000L, request.length);
 * </pre>
 *
 * <p>KASAN checks the kernel's side of a copy where rewritten code calls it, all of it and before
 * anything is copied; the process may pass whatever address it likes. Mappings take nothing of the
 * modelled RAM. Thread-safe. Source: lib/usercopy.c, lib/strncpy_from_user.c.
 */
public final class UserMemory extends CheckedHelper {

    /** What {@link #strncpyFromUser} returns where the string is not mapped: -EFAULT. */
    public static final long FAULT = -14;

    /** mmap_min_addr: nothing is mapped below. */
    private static final long LOWEST = 0x10000;

    private final Gate gate;
    private final HostMemory host;
    private final Mmu mmu;
    private final MemoryLayout layout;
    private final TreeMap<Long, Mapping> mappings = new TreeMap<>();

    /** Of the mappings: mmap_lock. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    UserMemory(Gate gate, KernelMemory memory, Mmu mmu, HostMemory host, MemoryLayout layout) {
        super(memory);
        this.gate = gate;
        this.mmu = mmu;
        this.host = host;
        this.layout = layout;
    }

    /** Pages of the process, and where the host has them. */
    private record Mapping(long start, long size, long hostStart, long reserved) {

        boolean overlaps(long other, long bytes) {
            return start < other + bytes && other < start + size;
        }
    }

    /**
     * Maps pages of zeros for the process: mmap.
     *
     * @param addr a multiple of 4096 in user space, from 0x10000 on
     * @param size bytes, at least 1, rounded up to pages
     * @return the pages as the process sees them; not to be used once they are unmapped, or the
     *     kernel is closed
     * @throws IllegalArgumentException where that is no free part of user space
     */
    public ByteBuffer map(long addr, int size) {
        gate.pass();
        long bytes = MemoryLayout.pageAlign(size);
        if (size <= 0 || bytes > Integer.MAX_VALUE) {
            throw refused(addr, size, "its size is not positive, or more than a buffer can have");
        }
        if ((addr & PAGE_MASK) != 0 || addr < LOWEST || !accessOk(addr, bytes)) {
            throw refused(addr, size, "it has to begin at a page of user space, from 0x10000 on");
        }
        lock.writeLock().lock();
        try {
            if (mappings.values().stream().anyMatch(other -> other.overlaps(addr, bytes))) {
                throw refused(addr, size, "some of it is mapped already");
            }
            long reserved = bytes + host.pageSize() - 1 & -host.pageSize();
            long start = host.reserve(reserved, host.pageSize(), "user memory");
            mappings.put(addr, new Mapping(addr, bytes, start, reserved));
            return host.buffer(start, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static IllegalArgumentException refused(long addr, int size, String why) {
        return new IllegalArgumentException(
                "Cannot map "
                        + size
                        + " bytes at user address 0x"
                        + Faults.hex(addr)
                        + ": "
                        + why
                        + ".");
    }

    /**
     * Unmaps what {@link #map} has mapped at an address: munmap. Its buffer must not be used any
     * more.
     *
     * @throws IllegalArgumentException where no mapping begins
     */
    public void unmap(long addr) {
        gate.pass();
        lock.writeLock().lock();
        try {
            Mapping mapping = mappings.remove(addr);
            if (mapping == null) {
                throw new IllegalArgumentException(
                        "No mapping begins at user address 0x"
                                + Faults.hex(addr)
                                + "; pass an address that was mapped.");
            }
            host.release(mapping.hostStart(), mapping.reserved());
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether n bytes, n unsigned, lie in user space, mapped or not: access_ok. */
    public boolean accessOk(long addr, long n) {
        return layout.isUser(addr) && Long.compareUnsigned(n, layout.userEnd() - addr) <= 0;
    }

    /**
     * Copies n bytes, n unsigned, to the process.
     *
     * @param to user address
     * @param from kernel address
     * @return how many bytes were not copied: 0, or the rest from the first that is not mapped on
     * @throws KernelOops if the kernel's side is not mapped
     */
    public long copyToUser(long to, long from, long n) {
        gate.pass();
        return accessOk(to, n) ? copy(to, from, n, true) : n;
    }

    /**
     * Copies n bytes, n unsigned, from the process. What could not be copied is zero then.
     *
     * @param to kernel address
     * @param from user address
     * @return how many bytes were not copied: 0, or the rest from the first that is not mapped on
     * @throws KernelOops if the kernel's side is not mapped
     */
    public long copyFromUser(long to, long from, long n) {
        gate.pass();
        long left = accessOk(from, n) ? copy(from, to, n, false) : n;
        for (long i = n - left; i != n; i++) {
            RawMemory.storeByte(mmu.translate(to + i, 1, true), (byte) 0);
        }
        return left;
    }

    /**
     * Copies as {@link #copyToUser} does for a caller that has asked {@link #accessOk}:
     * __copy_to_user. KASAN checks the kernel's side whatever the user address is.
     */
    public long copyToUserUnchecked(long to, long from, long n) {
        gate.pass();
        return copy(to, from, n, true);
    }

    /**
     * Copies as {@link #copyFromUser} does for a caller that has asked {@link #accessOk}, and that
     * leaves what could not be copied as it was: __copy_from_user.
     */
    public long copyFromUserUnchecked(long to, long from, long n) {
        gate.pass();
        return copy(from, to, n, false);
    }

    /**
     * Copies as {@link #copyToUserUnchecked} does where nobody may sleep: __copy_to_user_inatomic.
     * All pages of the process are there, so no copy ever does.
     */
    public long copyToUserInatomic(long to, long from, long n) {
        return copyToUserUnchecked(to, from, n);
    }

    /** Copies as {@link #copyFromUserUnchecked} does where nobody may sleep. */
    public long copyFromUserInatomic(long to, long from, long n) {
        return copyFromUserUnchecked(to, from, n);
    }

    /**
     * Sets n bytes, n unsigned, of the process to zero.
     *
     * @return how many bytes were not: 0, or the rest from the first that is not mapped on
     */
    public long clearUser(long to, long n) {
        gate.pass();
        if (!accessOk(to, n)) {
            return n;
        }
        lock.readLock().lock();
        try {
            long left = n;
            for (Mapping mapping = find(to);
                    left != 0 && mapping != null;
                    mapping = find(to + n - left)) {
                long at = to + n - left;
                long chunk = Math.min(left, mapping.start() + mapping.size() - at);
                RawMemory.fill(mapping.hostStart() + (at - mapping.start()), chunk, (byte) 0);
                left -= chunk;
            }
            return left;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Copies a string from the process, with its NUL if that is among the bytes.
     *
     * @param dst kernel address
     * @param src user address
     * @param count bytes at dst; for 0 and less nothing is done
     * @return bytes before the NUL; count if there is none among so many; {@link #FAULT} where the
     *     string is not mapped
     * @throws KernelOops if the kernel's side is not mapped
     */
    public long strncpyFromUser(long dst, long src, long count) {
        gate.pass();
        if (count <= 0) {
            return 0;
        }
        lock.readLock().lock();
        try {
            for (long i = 0; i < count; i++) {
                Mapping mapping = find(src + i);
                if (mapping == null) {
                    return FAULT;
                }
                byte c = RawMemory.loadByte(mapping.hostStart() + (src + i - mapping.start()));
                RawMemory.storeByte(mmu.translate(dst + i, 1, true), c);
                if (c == 0) {
                    return i;
                }
            }
            return count;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The bytes that were not copied. */
    private long copy(long user, long kernel, long n, boolean toUser) {
        lock.readLock().lock();
        try {
            long done = 0;
            while (done != n) {
                Mapping mapping = find(user + done);
                if (mapping == null) {
                    break;
                }
                long offset = user + done - mapping.start();
                long kernelRest = PAGE_SIZE - (kernel + done & PAGE_MASK);
                long chunk = Math.min(n - done, Math.min(mapping.size() - offset, kernelRest));
                long own = mmu.translate(kernel + done, 1, !toUser);
                long theirs = mapping.hostStart() + offset;
                RawMemory.copy(toUser ? own : theirs, toUser ? theirs : own, chunk);
                done += chunk;
            }
            return n - done;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The mapping that has a user address, or null. */
    private Mapping find(long addr) {
        Map.Entry<Long, Mapping> below = mappings.floorEntry(addr);
        Mapping mapping = below == null ? null : below.getValue();
        return mapping != null && addr - mapping.start() < mapping.size() ? mapping : null;
    }

    /** Gives all mappings back. */
    void close() {
        lock.writeLock().lock();
        try {
            mappings.values().forEach(each -> host.release(each.hostStart(), each.reserved()));
            mappings.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
