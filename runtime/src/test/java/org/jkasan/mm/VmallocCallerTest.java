package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkasan.report.CallSite;
import org.jkasan.report.CallSites;
import org.jkasan.report.Track;
import org.jkasan.report.VmallocRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmallocCallerTest {

    private static final int FIRST = 256;
    private static final int MANY = 400;

    private static final StackTraceElement ALLOCATES =
            new StackTraceElement("a.Driver", "probe", "Driver.java", 17);

    private static final StackTraceElement FREES =
            new StackTraceElement("a.Driver", "remove", "Driver.java", 29);

    private final TestMachine machine = TestMachine.withKasan(16L << 20);
    private final Vmalloc vmalloc = machine.vmalloc();

    @AfterEach
    void close() {
        machine.close();
    }

    /** One of its own for each test: what was seen of it before counts. */
    private static CallSite site(StackTraceElement place) {
        CallSites sites = new CallSites();
        return sites.site(sites.number(place));
    }

    private VmallocRegion region(long addr) {
        return machine.mm.space().areas().describe(addr);
    }

    private record Way(String name, Allocation allocation) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Allocation {
        Object allocate(Vmalloc vmalloc, CallSite caller);
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way("vmalloc", (v, site) -> v.vmalloc(1, site)),
                new Way("vzalloc", (v, site) -> v.vzalloc(1, site)),
                new Way("range", (v, site) -> v.vmallocNodeRange(v.request(1), site)),
                new Way("buffer", (v, site) -> v.vmallocBuffer(1, site)),
                new Way("zeroed buffer", (v, site) -> v.vzallocBuffer(1, site)),
                new Way("bytes", (v, site) -> v.vmallocBytes(1, site)),
                new Way("booleans", (v, site) -> v.vmallocBooleans(1, site)),
                new Way("shorts", (v, site) -> v.vmallocShorts(1, site)),
                new Way("chars", (v, site) -> v.vmallocChars(1, site)),
                new Way("ints", (v, site) -> v.vmallocInts(1, site)),
                new Way("longs", (v, site) -> v.vmallocLongs(1, site)),
                new Way("floats", (v, site) -> v.vmallocFloats(1, site)),
                new Way("doubles", (v, site) -> v.vmallocDoubles(1, site)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void caller_isWhatAReportKnowsAfterManyEvents(Way way) {
        CallSite allocates = site(ALLOCATES);
        CallSite frees = site(FREES);
        int bare = 0;
        for (int i = 0; i < MANY; i++) {
            Object memory = way.allocation.allocate(vmalloc, allocates);
            long addr = memory instanceof Long address ? address : vmalloc.addressOf(memory);
            vmalloc.vfree(memory, frees);
            VmallocRegion region = region(addr);
            boolean bareAllocation = isBare(region.allocated(), ALLOCATES);
            boolean bareFree = isBare(region.freed(), FREES);
            bare += bareAllocation && bareFree ? 1 : 0;
            assertThat(i < FIRST && (bareAllocation || bareFree)).isFalse();
            vmalloc.purge();
        }
        assertThat(bare).isGreaterThan((MANY - FIRST) / 2);
    }

    /** Whether that place is all that is known; otherwise it is the whole stack of this test. */
    private static boolean isBare(Track track, StackTraceElement place) {
        List<StackTraceElement> frames = track.frames();
        if (frames.equals(List.of(place))) {
            return true;
        }
        assertThat(frames).isNotEmpty().doesNotContain(ALLOCATES, FREES);
        return false;
    }

    @Test
    void freesOfAddressesAndBuffers_haveTheirCallersAsWell() {
        CallSite frees = site(FREES);
        for (Consumer<Long> free :
                List.<Consumer<Long>>of(
                        addr -> vmalloc.vfree(addr.longValue(), frees),
                        addr -> vmalloc.vfree(buffer(addr), frees))) {
            VmallocRegion last = null;
            for (int i = 0; i < MANY && (last == null || !isBare(last.freed(), FREES)); i++) {
                long addr = vmalloc.vmalloc(1);
                free.accept(addr);
                last = region(addr);
                vmalloc.purge();
            }
            assertThat(last.freed().frames()).containsExactly(FREES);
        }
    }

    private ByteBuffer buffer(long addr) {
        return machine.mm.space().buffers().over(addr, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, VmapRam.MAX_ALLOC + 1})
    void mappingsOfRam_haveTheirCallersAsWell(int count) {
        CallSite maps = site(ALLOCATES);
        CallSite unmaps = site(FREES);
        VmapRam ram = machine.mm.vmapRam();
        long[] pfns = new long[count];
        Arrays.setAll(pfns, i -> machine.mm.frames().alloc());
        int bare = 0;
        for (int i = 0; i < MANY; i++) {
            long addr = ram.vmMapRam(pfns, count, VmallocRequest.ANY_NODE, maps);
            ram.vmUnmapRam(addr, count, unmaps);
            VmallocRegion region = region(addr);
            boolean bareMapping = isBare(region.allocated(), ALLOCATES);
            boolean bareUnmapping = isBare(region.freed(), FREES);
            bare += bareMapping && bareUnmapping ? 1 : 0;
            assertThat(i < FIRST && (bareMapping || bareUnmapping)).isFalse();
        }
        assertThat(bare).isGreaterThan((MANY - FIRST) / 2);
    }

    @Test
    void withoutACallSite_wholeStacksAreKept() {
        long addr = vmalloc.vmalloc(1);
        vmalloc.vfree(addr);
        VmallocRegion region = region(addr);
        assertThat(region.allocated().frames()).hasSizeGreaterThan(1);
        assertThat(region.freed().frames()).hasSizeGreaterThan(1);
    }
}
