package org.jkasan.mm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jkasan.report.Track;

/**
 * The areas of vmalloc space and the module area as text: /proc/vmallocinfo. A line has the
 * addresses, the bytes with the guard pages, the method that allocated it where KASAN knows it, and
 * what it is used for.
 *
 * <p>Source: vmalloc_info_show.
 */
public final class VmallocInfo {

    private final Gate gate;
    private final List<VmapAreas> spaces;

    VmallocInfo(Gate gate, List<VmapAreas> spaces) {
        this.gate = gate;
        this.spaces = List.copyOf(spaces);
    }

    /**
     * One line for each area in use or waiting for a purge, by address, and for none that overlaps
     * another. Of what is allocated or freed meanwhile some may be there and some not, as in the
     * kernel.
     */
    public String text() {
        gate.pass();
        List<AreaView> areas = new ArrayList<>();
        spaces.forEach(space -> areas.addAll(space.snapshot()));
        areas.sort(Comparator.comparingLong(area -> area.start() + Long.MIN_VALUE));
        StringBuilder out = new StringBuilder();
        for (AreaView area : areas) {
            if (area.vm() != null) {
                append(out, area);
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, AreaView area) {
        out.append("0x").append(Faults.hex(area.start()));
        out.append("-0x").append(Faults.hex(area.end()));
        String size = Long.toString(area.size());
        out.append(" ".repeat(Math.max(1, 8 - size.length()))).append(size);
        if (!area.vm().isLive()) {
            out.append(" unpurged vm_area");
        } else if (area.vm() instanceof VmapRamArea) {
            out.append(" vm_map_ram");
        } else {
            appendUse(out, area.vm());
        }
        out.append('\n');
    }

    private static void appendUse(StringBuilder out, VmStruct vm) {
        Track allocated = vm.allocated;
        String caller = allocated == null ? "" : allocated.caller();
        if (!caller.isEmpty()) {
            out.append(' ').append(caller);
        }
        long owned = vm.ownedFromTheStart();
        if (owned != 0) {
            out.append(" pages=").append(owned);
        }
        appendFlag(out, vm, VmFlags.IOREMAP, " ioremap");
        appendFlag(out, vm, VmFlags.ALLOC, " vmalloc");
        appendFlag(out, vm, VmFlags.MAP, " vmap");
        appendFlag(out, vm, VmFlags.USERMAP, " user");
        appendFlag(out, vm, VmFlags.DMA_COHERENT, " dma-coherent");
        if (owned != 0 && (vm.flags & VmFlags.UNINITIALIZED) == 0) {
            out.append(" N0=").append(owned);
        }
    }

    private static void appendFlag(StringBuilder out, VmStruct vm, int flag, String word) {
        if ((vm.flags & flag) != 0) {
            out.append(word);
        }
    }
}
