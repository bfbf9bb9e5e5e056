package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import org.jkasan.host.RawMemory;

/** Reads the windows for /proc/kcore, whatever happens in it meanwhile: vread_iter. */
final class VmallocReader {

    /*
     * Nothing keeps an area from being freed while it is read. The window's memory itself is always
     * there, so a read cannot fault; but what it read may be somebody else's by then. Therefore a
     * page is copied first, and counts only if its area has been live all the while: a use, once it
     * has ended, never becomes live again. A block is asked under its lock, under which the use of
     * its pages ends. The kernel holds its locks instead, while it copies.
     */

    private final KernelWindow window;
    private final PageTable pages;
    private final VmapAreas areas;

    private VmallocReader(VmallocSpace space) {
        this.window = space.window();
        this.pages = space.pages();
        this.areas = space.areas();
    }

    /** What {@link Vmalloc#vread} says. */
    static int read(VmallocSpaces spaces, long addr, byte[] buf, int count) {
        Objects.checkFromIndexSize(0, count, buf.length);
        spaces.requireOpen();
        boolean any = false;
        for (VmallocSpace space : spaces.all()) {
            any = new VmallocReader(space).read(addr, buf, count, any);
        }
        return any ? count : 0;
    }

    /**
     * Reads what lies in this window.
     *
     * @param before whether the array holds something already, and zero elsewhere
     * @return the same now
     */
    private boolean read(long addr, byte[] buf, int count, boolean before) {
        long room = window.end() - addr;
        long end = window.contains(addr) ? addr + Math.min(count, room) : addr + count;
        boolean any = before;
        AreaView area = areas.following(addr);
        while (area != null && Long.compareUnsigned(area.start(), end) < 0) {
            long start = readableStart(area);
            long from = Long.compareUnsigned(start, addr) < 0 ? addr : start;
            long to = Math.min(end - from, readableEnd(area) - from) + from;
            if (to - from > 0) {
                if (!any) {
                    Arrays.fill(buf, 0, count, (byte) 0);
                    any = true;
                }
                copy(area.vm(), area.start(), from, to, buf, (int) (from - addr));
            }
            area = areas.following(area.end());
        }
        return any;
    }

    private static long readableStart(AreaView area) {
        return area.vm() == null ? area.start() : area.start() + area.vm().front();
    }

    /** Behind the bytes that there are to read: where they would start if there are none. */
    private static long readableEnd(AreaView area) {
        boolean readable = area.isLive() && (area.vm().flags & VmFlags.UNINITIALIZED) == 0;
        return readableStart(area) + (readable ? area.vm().bytes() : 0);
    }

    private void copy(VmStruct vm, long start, long from, long to, byte[] buf, int index) {
        if ((vm.flags & VmFlags.IOREMAP) != 0) {
            return;
        }
        long at = from;
        while (at != to) {
            int bytes = (int) Math.min(to - at, PAGE_SIZE - (at & PAGE_MASK));
            int into = index + (int) (at - from);
            if (vm instanceof VmapRamArea ram && ram.block != null) {
                copyFromBlock(ram.block, at, bytes, buf, into);
            } else {
                copyFromArea(vm, at, bytes, buf, into);
            }
            at += bytes;
        }
    }

    private void copyFromBlock(VmapBlock block, long at, int bytes, byte[] buf, int index) {
        synchronized (block) {
            if (block.isUsed(block.page(at))) {
                RawMemory.copyOut(window.toHost(at), buf, index, bytes);
            }
        }
    }

    private void copyFromArea(VmStruct vm, long at, int bytes, byte[] buf, int index) {
        if (pages.isMapped(at)) {
            RawMemory.copyOut(window.toHost(at), buf, index, bytes);
            VarHandle.acquireFence();
            if (!vm.isLive()) {
                Arrays.fill(buf, index, index + bytes, (byte) 0);
            }
        }
    }
}
