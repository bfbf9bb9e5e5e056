package org.jkasan.mm;

import java.nio.ByteOrder;
import org.jkasan.check.AddressSpace;
import org.jkasan.host.RawMemory;
import org.jkasan.report.BugType;

/**
 * The kernel's memory as its instructions see it: loads and stores at kernel addresses. Only the
 * memory management unit watches here; KASAN's checks are inserted by the agent where rewritten
 * code calls these methods.
 *
 * <p>Accesses may be unaligned. They are little endian, as the modelled processor is, unless a byte
 * order says otherwise. Every method throws {@link KernelOops} at the first byte that is not
 * mapped; range operations have then done what lies before it, as hardware has.
 */
public final class KernelMemory implements AddressSpace {

    private static final boolean SWAPPED = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private final Mmu mmu;
    private final MemoryRanges ranges;

    KernelMemory(Mmu mmu) {
        this.mmu = mmu;
        this.ranges = new MemoryRanges(mmu);
    }

    /** The memory of no kernel: nothing is mapped, and every access faults. */
    public static KernelMemory none() {
        return new KernelMemory(new Mmu(X86.FOUR_LEVELS));
    }

    @Override
    public long hostAddress(long address) {
        return mmu.hostAddress(address);
    }

    @Override
    public long presentAddress(long address) {
        return mmu.presentAddress(address);
    }

    @Override
    public boolean isPoisoned(long address, long size) {
        return mmu.isPoisoned(address, size);
    }

    @Override
    public BugType wildAccess(long address) {
        return mmu.wildAccess(address);
    }

    public byte loadByte(long addr) {
        return RawMemory.loadByte(mmu.translate(addr, Byte.BYTES, false));
    }

    public short loadShort(long addr) {
        short value = RawMemory.loadShort(mmu.translate(addr, Short.BYTES, false));
        return SWAPPED ? Short.reverseBytes(value) : value;
    }

    public short loadShort(long addr, ByteOrder order) {
        short value = loadShort(addr);
        return order == ByteOrder.LITTLE_ENDIAN ? value : Short.reverseBytes(value);
    }

    public int loadInt(long addr) {
        int value = RawMemory.loadInt(mmu.translate(addr, Integer.BYTES, false));
        return SWAPPED ? Integer.reverseBytes(value) : value;
    }

    public int loadInt(long addr, ByteOrder order) {
        int value = loadInt(addr);
        return order == ByteOrder.LITTLE_ENDIAN ? value : Integer.reverseBytes(value);
    }

    public long loadLong(long addr) {
        long value = RawMemory.loadLong(mmu.translate(addr, Long.BYTES, false));
        return SWAPPED ? Long.reverseBytes(value) : value;
    }

    public long loadLong(long addr, ByteOrder order) {
        long value = loadLong(addr);
        return order == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value);
    }

    public void storeByte(long addr, byte value) {
        RawMemory.storeByte(mmu.translate(addr, Byte.BYTES, true), value);
    }

    public void storeShort(long addr, short value) {
        RawMemory.storeShort(
                mmu.translate(addr, Short.BYTES, true),
                SWAPPED ? Short.reverseBytes(value) : value);
    }

    public void storeShort(long addr, short value, ByteOrder order) {
        storeShort(addr, order == ByteOrder.LITTLE_ENDIAN ? value : Short.reverseBytes(value));
    }

    public void storeInt(long addr, int value) {
        RawMemory.storeInt(
                mmu.translate(addr, Integer.BYTES, true),
                SWAPPED ? Integer.reverseBytes(value) : value);
    }

    public void storeInt(long addr, int value, ByteOrder order) {
        storeInt(addr, order == ByteOrder.LITTLE_ENDIAN ? value : Integer.reverseBytes(value));
    }

    public void storeLong(long addr, long value) {
        RawMemory.storeLong(
                mmu.translate(addr, Long.BYTES, true), SWAPPED ? Long.reverseBytes(value) : value);
    }

    public void storeLong(long addr, long value, ByteOrder order) {
        storeLong(addr, order == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value));
    }

    /** Sets n bytes, n unsigned, to the low byte of c. */
    public void memset(long addr, int c, long n) {
        ranges.set(addr, (byte) c, n);
    }

    /** Copies n bytes, n unsigned, upwards; for ranges that overlap see {@link #memmove}. */
    public void memcpy(long dst, long src, long n) {
        ranges.copyUp(dst, src, n);
    }

    /** Copies n bytes, n unsigned, between ranges that may overlap. */
    public void memmove(long dst, long src, long n) {
        ranges.move(dst, src, n);
    }

    /**
     * Compares n bytes, n unsigned, as unsigned numbers and no further than the first difference.
     *
     * @return 0 if they are equal, else the first difference: a byte of a minus the byte of b
     */
    public int memcmp(long a, long b, long n) {
        return ranges.compare(a, b, n);
    }

    /**
     * The address of the first of n bytes, n unsigned, that is the low byte of c; 0 if none is. It
     * reads no further.
     */
    public long memchr(long addr, int c, long n) {
        long found = memscan(addr, c, n);
        return found == addr + n ? 0 : found;
    }

    /** As {@link #memchr}, but the address behind the bytes if none is it. */
    public long memscan(long addr, int c, long n) {
        long at = addr;
        while (at != addr + n && loadByte(at) != (byte) c) {
            at++;
        }
        return at;
    }

    /**
     * Copies n bytes of an array, from the offset on, to a kernel address.
     *
     * @throws IndexOutOfBoundsException if the array has no such range
     */
    public void copyIn(long dst, byte[] src, int off, int n) {
        ranges.copyIn(dst, src, off, n);
    }

    /**
     * Copies n bytes at a kernel address into an array from the offset on.
     *
     * @throws IndexOutOfBoundsException if the array has no such range
     */
    public void copyOut(long src, byte[] dst, int off, int n) {
        ranges.copyOut(src, dst, off, n);
    }
}
