package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.PageFrames.NO_PAGE;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What pages hold and where they are seen, as plain lists of pages. */
final class AliasOracle {

    /** Where in a page its words are that are written and compared. */
    private static final int[] WORDS = {0, PAGE / 2 - 8, PAGE - 8};

    private static final class Page {
        final long[] words = new long[WORDS.length];
        long pfn;
        boolean freed;

        Page(long pfn) {
            this.pfn = pfn;
        }
    }

    /** Pages one behind the other; vfree takes those with it that the area owns. */
    private record Area(long addr, List<Page> pages, boolean vmap, boolean owner) {

        long at(int page) {
            return addr + (long) page * PAGE;
        }
    }

    private final TestMachine machine;
    private final long total;
    private final List<Page> mine = new ArrayList<>();
    private final List<Area> areas = new ArrayList<>();

    AliasOracle(TestMachine machine) {
        this.machine = machine;
        this.total = machine.mm.ram().total();
    }

    private Vmap vmap() {
        return machine.mm.vmap();
    }

    void allocPage() {
        long pfn = machine.mm.frames().allocZeroed();
        if (pfn != NO_PAGE) {
            mine.add(new Page(pfn));
        }
    }

    void freePage(int pick) {
        if (!mine.isEmpty()) {
            Page page = mine.remove(pick % mine.size());
            page.freed = true;
            machine.mm.frames().free(page.pfn);
        }
    }

    /** Maps so many pages of those that are known, the same ones more than once. */
    void map(int count, int pick) {
        List<Page> known = new ArrayList<>(mine);
        areas.stream().flatMap(area -> area.pages.stream()).forEach(known::add);
        known.removeIf(page -> page.freed || page.pfn == NO_PAGE);
        List<Page> chosen = new ArrayList<>();
        for (int i = 0; i < count && !known.isEmpty(); i++) {
            chosen.add(known.get((pick + i * (pick % 5)) % known.size()));
        }
        add(chosen, VmFlags.MAP);
    }

    /** Maps pages that the area owns from then on. */
    void hand(int count) {
        List<Page> given = new ArrayList<>(mine.subList(0, Math.min(count, mine.size())));
        if (add(given, VmFlags.MAP | VmFlags.MAP_PUT_PAGES)) {
            mine.removeAll(given);
        }
    }

    private boolean add(List<Page> pages, int flags) {
        long[] pfns = pages.stream().mapToLong(page -> page.pfn).toArray();
        long addr = vmap().vmap(pfns, pfns.length, flags);
        if (addr != 0) {
            areas.add(new Area(addr, pages, true, (flags & VmFlags.MAP_PUT_PAGES) != 0));
        }
        return addr != 0;
    }

    void allocate(int count, boolean user) {
        long size = (long) count * PAGE;
        Vmalloc vmalloc = machine.vmalloc();
        long addr = user ? vmalloc.vmallocUser(size) : vmalloc.vzalloc(size);
        if (addr != 0) {
            List<Page> pages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                pages.add(new Page(user ? vmap().vmallocToPage(addr + (long) i * PAGE) : NO_PAGE));
            }
            areas.add(new Area(addr, pages, false, true));
        }
    }

    /** Asks for the frames of an area, first of any of its pages. */
    void ask(int pick) {
        if (areas.isEmpty()) {
            return;
        }
        Area area = areas.get(pick % areas.size());
        for (int i = 0; i < area.pages.size(); i++) {
            int page = (pick + i) % area.pages.size();
            long pfn = vmap().vmallocToPage(area.at(page) + pick % PAGE);
            Page known = area.pages.get(page);
            if (known.pfn == NO_PAGE) {
                known.pfn = pfn;
            }
            assertThat(pfn).isEqualTo(known.pfn).isNotEqualTo(NO_PAGE);
        }
    }

    void free(int pick) {
        if (!areas.isEmpty()) {
            Area area = areas.remove(pick % areas.size());
            if (area.owner) {
                area.pages.forEach(page -> page.freed = true);
            }
            if (area.vmap && !area.owner) {
                vmap().vunmap(area.addr);
            } else {
                machine.vmalloc().vfree(area.addr);
            }
        }
    }

    /** Writes a word of a page at any of the addresses at which it is seen. */
    void write(int pick, long value) {
        if (areas.isEmpty()) {
            return;
        }
        Area area = areas.get(pick % areas.size());
        Page page = area.pages.get(pick % area.pages.size());
        if (!page.freed) {
            int word = pick % WORDS.length;
            List<Long> seen = addresses(page);
            long addr = seen.get((int) Math.floorMod(value, (long) seen.size()));
            machine.memory().storeLong(addr + WORDS[word], value);
            page.words[word] = value;
        }
    }

    private List<Long> addresses(Page page) {
        List<Long> seen = new ArrayList<>();
        if (page.pfn != NO_PAGE) {
            seen.add(machine.mm.frames().address(page.pfn));
        }
        for (Area area : areas) {
            for (int i = 0; i < area.pages.size(); i++) {
                if (area.pages.get(i) == page) {
                    seen.add(area.at(i));
                }
            }
        }
        return seen;
    }

    /** Frees everything. */
    void end() {
        while (!areas.isEmpty()) {
            free(0);
        }
        while (!mine.isEmpty()) {
            freePage(0);
        }
        machine.vmalloc().purge();
        assertThat(machine.mm.ram().free()).isEqualTo(total);
    }

    /** Compares every page at all of its addresses, and every area's frames, with the machine. */
    void check() {
        Set<Page> owned = new HashSet<>(mine);
        for (Area area : areas) {
            if (area.owner) {
                owned.addAll(area.pages);
            }
            checkArea(area);
        }
        mine.forEach(this::checkPage);
        long shadow = ((VmallocShadow) machine.mm.spaces().vmalloc().kasan()).present();
        assertThat(machine.mm.ram().free()).isEqualTo(total - owned.size() - shadow);
        long framed = owned.stream().filter(page -> page.pfn != NO_PAGE).count();
        assertThat(machine.mm.frames().check(violation -> {})).isEqualTo(framed);
        assertThat(machine.reports()).isEmpty();
    }

    private void checkArea(Area area) {
        for (int i = 0; i < area.pages.size(); i++) {
            Page page = area.pages.get(i);
            assertThat(machine.shadow(area.at(i))).isZero();
            if (page.pfn != NO_PAGE) {
                assertThat(vmap().vmallocToPage(area.at(i))).isEqualTo(page.pfn);
            }
            checkPage(page);
        }
        assertThat(machine.shadow(area.at(area.pages.size()))).isEqualTo((byte) 0xf8);
        assertThat(vmap().vmallocToPage(area.at(area.pages.size()))).isEqualTo(NO_PAGE);
    }

    private void checkPage(Page page) {
        if (!page.freed) {
            for (long addr : addresses(page)) {
                long[] seen = Arrays.stream(WORDS).mapToLong(w -> load(addr + w)).toArray();
                assertThat(seen).as("page %d at %x", page.pfn, addr).isEqualTo(page.words);
            }
        }
    }

    private long load(long addr) {
        return machine.memory().loadLong(addr);
    }
}
